import type { HistoryEntry } from './entry';
import type { Attempt, Visit } from './model';

const ENDINGS: Readonly<Record<string, Attempt['status']>> = {
  Succeeded: 'succeeded',
  Failed: 'failed',
  StartFailed: 'failed',
  ScheduleFailed: 'failed',
  SubmitFailed: 'failed',
  TimedOut: 'timed_out',
};

/** True for the events of a Task state's attempts: `TaskScheduled`, `LambdaFunctionFailed`, `ActivityStarted`, … */
export function isAttemptEvent(type: string): boolean {
  return /^(Task|LambdaFunction|Activity)(Scheduled|Started|Submitted|Succeeded|Failed|TimedOut|\w+Failed)$/.test(type);
}

/** Adds what an event says of an attempt to the visit that made it. */
export function recordAttempt(visit: Visit, event: HistoryEntry): void {
  const step = event.type.replace(/^(Task|LambdaFunction|Activity)/, '');
  if (step === 'Scheduled') {
    visit.attempts.push(newAttempt(visit.attempts.length + 1, event));
    visit.status = 'running';
    delete visit.error;
    delete visit.cause;
    return;
  }
  const attempt = visit.attempts.at(-1);
  if (attempt === undefined) {
    return;
  }
  if (step === 'Started') {
    attempt.startedAt = event.at;
  } else if (step === 'Submitted') {
    submit(visit, attempt, event);
  } else {
    end(visit, attempt, event, ENDINGS[step] ?? 'failed');
  }
}

function newAttempt(number: number, event: HistoryEntry): Attempt {
  const {
    resource = '',
    resourceType = 'lambda',
    parameters,
    input,
    timeoutInSeconds,
    heartbeatInSeconds,
  } = event.details;
  const sent = parameters ?? input;
  const target = targetOf(resource, sent);
  return {
    number,
    scheduledAt: event.at,
    status: 'running',
    resourceType,
    resource,
    ...(target === undefined ? {} : { target }),
    ...(sent === undefined ? {} : { parameters: sent }),
    ...(timeoutInSeconds === undefined ? {} : { timeoutSeconds: timeoutInSeconds }),
    ...(heartbeatInSeconds === undefined ? {} : { heartbeatSeconds: heartbeatInSeconds }),
  };
}

function submit(visit: Visit, attempt: Attempt, event: HistoryEntry): void {
  attempt.submittedAt = event.at;
  const waits = /\.(waitForTaskToken|sync(:2)?)$/.test(attempt.resource);
  if (waits) {
    attempt.status = 'waiting';
    visit.status = 'waiting';
  }
  const child = field(event.details.output, 'ExecutionArn') ?? field(event.details.output, 'executionArn');
  if (child !== undefined) {
    attempt.childExecutionArn = child;
  }
}

function end(visit: Visit, attempt: Attempt, event: HistoryEntry, status: Attempt['status']): void {
  const { output, error, cause } = event.details;
  attempt.status = status;
  attempt.endedAt = event.at;
  if (output !== undefined) {
    attempt.output = output;
  }
  if (status === 'succeeded') {
    visit.status = 'running';
    const child = field(output, 'ExecutionArn') ?? field(output, 'executionArn');
    if (child !== undefined) {
      attempt.childExecutionArn = child;
    }
    return;
  }
  visit.status = 'retrying';
  if (error !== undefined) {
    attempt.error = error;
    visit.error = error;
  }
  if (cause !== undefined) {
    attempt.cause = cause;
    visit.cause = cause;
  }
}

/** What a task calls, by the name that people gave it. */
function targetOf(resource: string, parameters: string | undefined): string | undefined {
  if (resource.startsWith('arn:')) {
    return nameInArn(resource);
  }
  const called =
    field(parameters, 'FunctionName') ?? field(parameters, 'StateMachineArn') ?? field(parameters, 'ActivityArn');
  return called === undefined ? undefined : nameInArn(called);
}

function nameInArn(name: string): string {
  if (!name.startsWith('arn:')) {
    return name;
  }
  const parts = name.split(':');
  const functionAt = parts.indexOf('function');
  return (functionAt === -1 ? parts.at(-1) : parts[functionAt + 1]) ?? name;
}

function field(json: string | undefined, name: string): string | undefined {
  if (json === undefined) {
    return undefined;
  }
  try {
    const parsed: unknown = JSON.parse(json);
    if (parsed === null || typeof parsed !== 'object') {
      return undefined;
    }
    const held: unknown = Reflect.get(parsed, name);
    return typeof held === 'string' ? held : undefined;
  } catch {
    return undefined;
  }
}
