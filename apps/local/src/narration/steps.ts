/** What a history tells a person: few steps, in words. Inputs and parameters, which hold task tokens, are left out. */
import { type HistoryNotice, type RequestReport, redactTaskTokens } from '@workflows/local-cloud';

/** One line of a timeline. */
export interface Step {
  /** `Workflow`, or the name of the API */
  readonly who: string;
  /** Of the execution. */
  readonly name?: string;
  readonly kind: 'info' | 'wait' | 'good' | 'bad';
  readonly text: string;
  /** JSON text of a result. */
  readonly result?: string;
}

type Event = HistoryNotice['event'];

const MAX_CAUSE_LENGTH = 200;

/** Turns the events of all executions into steps. Remembers which executions are inside a Map. */
export class Narrator {
  readonly #openMaps = new Map<string, number>();

  tell(notice: HistoryNotice): Step | undefined {
    const { event, executionArn, stateMachineArn } = notice;
    const told = this.#describe(executionArn, event);
    return told && { who: lastPart(stateMachineArn), name: lastPart(executionArn), ...told };
  }

  #describe(executionArn: string, event: Event): Omit<Step, 'who' | 'name'> | undefined {
    const open = this.#openMaps.get(executionArn) ?? 0;
    switch (event.type) {
      case 'MapStateStarted':
        this.#openMaps.set(executionArn, open + 1);
        return info(`runs for each of ${event.mapStateStartedEventDetails?.length ?? 0} items`);
      case 'MapStateExited':
        this.#openMaps.set(executionArn, open - 1);
        return undefined;
      case 'ActivityScheduled':
        return { kind: 'wait', text: `waiting for a worker of ${lastPart(activityOf(event))}` };
      case 'ActivityStarted':
        return info(`taken by ${event.activityStartedEventDetails?.workerName ?? 'a worker'}`);
      case 'ActivitySucceeded':
        return { kind: 'good', text: 'worker answered' };
      case 'ActivityFailed':
        return bad('worker failed', event.activityFailedEventDetails);
      case 'ActivityTimedOut':
        return bad('task timed out', event.activityTimedOutEventDetails);
      case 'TaskScheduled':
        return info(describeTask(event));
      case 'TaskSubmitted':
        return describeWait(event);
      case 'TaskSucceeded':
        return isCallback(event.taskSucceededEventDetails?.resource)
          ? { kind: 'good', text: 'callback received' }
          : undefined;
      case 'TaskFailed':
        return bad('task failed', event.taskFailedEventDetails);
      case 'TaskTimedOut':
        return bad('task timed out', event.taskTimedOutEventDetails);
      default:
        return open > 0 && !event.type.startsWith('Execution') ? undefined : describeFlow(event);
    }
  }
}

function describeFlow(event: Event): Omit<Step, 'who' | 'name'> | undefined {
  if (event.type.endsWith('StateEntered')) {
    return info(event.stateEnteredEventDetails?.name ?? '');
  }
  switch (event.type) {
    case 'ExecutionStarted':
      return info('started');
    case 'ExecutionRedriven':
      return info('redriven');
    case 'ExecutionSucceeded': {
      const result = event.executionSucceededEventDetails?.output;
      return { kind: 'good', text: 'succeeded', ...(result === undefined ? {} : { result: redactTaskTokens(result) }) };
    }
    case 'ExecutionFailed':
      return bad('failed', event.executionFailedEventDetails);
    case 'ExecutionAborted':
      return bad('aborted', event.executionAbortedEventDetails);
    case 'ExecutionTimedOut':
      return bad('timed out', event.executionTimedOutEventDetails);
    default:
      return undefined;
  }
}

const activityOf = (event: Event): string => event.activityScheduledEventDetails?.resource ?? '';

function describeTask(event: Event): string {
  const { parameters = '{}', resource = '', resourceType = '' } = event.taskScheduledEventDetails ?? {};
  const { FunctionName: functionName, Name: childName } = parseObject(parameters);
  if (resourceType === 'lambda') {
    return `calls function ${lastPart(String(functionName))}`;
  }
  if (resource.startsWith('startExecution')) {
    return `starts ${String(childName ?? 'a workflow')}`;
  }
  return `calls ${resourceType}:${resource}`;
}

function describeWait(event: Event): Omit<Step, 'who' | 'name'> | undefined {
  const { resource = '' } = event.taskSubmittedEventDetails ?? {};
  if (isCallback(resource)) {
    return { kind: 'wait', text: 'waiting for callback' };
  }
  return resource.includes('.sync') ? { kind: 'wait', text: 'waiting for the sub-workflow' } : undefined;
}

function isCallback(resource = ''): boolean {
  return resource.endsWith('.waitForTaskToken');
}

const info = (text: string) => ({ kind: 'info', text }) as const;

function bad(text: string, details: { readonly error?: string; readonly cause?: string } | undefined) {
  const reasons = [details?.error, shortCause(details?.cause)].filter((it) => it !== undefined && it !== '');
  const why = redactTaskTokens(reasons.join(': '));
  return { kind: 'bad', text: why === '' ? text : `${text}: ${why}` } as const;
}

/** A function's cause is its whole error document, a sub-workflow's is its description: what went wrong is one member. */
function shortCause(cause: string | undefined): string | undefined {
  if (cause === undefined) {
    return undefined;
  }
  const { Cause: childCause, errorMessage } = parseObject(cause);
  return String(errorMessage ?? childCause ?? cause).slice(0, MAX_CAUSE_LENGTH);
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What an HTTP API answered. */
export function describeRequest({ apiName, durationMs, method, path, status }: RequestReport): Step {
  return {
    who: apiName,
    kind: status < 400 ? 'info' : 'bad',
    text: `${method} ${path} → ${status} (${durationMs} ms)`,
  };
}

/** The name at the end of an ARN. */
function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
