import { formatDuration } from '../format/duration';
import { type Failure, failureOf } from '../history/failure';
import type { ExecutionModel } from '../history/model';
import type { Wait } from '../history/waits';
import type { TaskRecord } from '../records/task-record';
import { type ErrorMeaning, meaningOf } from './error-glossary';

/** The status of an execution: why it is in this status, and what happens next. */
export interface Standing {
  /** One line: the state it is in. */
  readonly headline: string;
  /** Why, in one or two sentences. */
  readonly why: string;
  readonly next: readonly NextStep[];
}

export interface NextStep {
  readonly what: string;
  /** Epoch milliseconds; absent if the time is unknown. */
  readonly at?: number;
}

export interface StandingInput {
  readonly model: ExecutionModel;
  readonly waits: readonly Wait[];
  readonly record?: TaskRecord;
}

/** Explains an execution from its history and its task record. */
export function standingOf({ model, waits, record }: StandingInput): Standing {
  if (model.status === 'RUNNING') {
    return running(model, waits, record);
  }
  if (model.status === 'SUCCEEDED') {
    return succeeded(model);
  }
  return failed(model, record);
}

function succeeded(model: ExecutionModel): Standing {
  return {
    headline: `Succeeded after ${lasted(model)}`,
    why: 'All states completed.',
    next: [{ what: 'Nothing. AWS keeps the result for 90 days.' }],
  };
}

function failed(model: ExecutionModel, record: TaskRecord | undefined): Standing {
  const ending = { FAILED: 'Failed', TIMED_OUT: 'Timed out', ABORTED: 'Stopped' }[model.status as 'FAILED'] ?? 'Ended';
  const failure = failureOf(model);
  if (model.status === 'ABORTED') {
    const at = failure?.state === undefined ? '' : ` while it was in “${failure.state}”`;
    const cause = model.cause === undefined ? '' : ` Cause: ${model.cause}`;
    return {
      headline: `Stopped after ${lasted(model)}`,
      why: `The execution was stopped${at}.${cause}`,
      next: [restart],
    };
  }
  const error = failure?.error || 'an unnamed error';
  const where = failure?.state === undefined ? '' : ` in “${failure.state}”`;
  const attempts = (failure?.attempts ?? 0) > 1 ? ` after ${failure?.attempts} attempts` : '';
  const { meaning, remedy } = failureMeaning(failure);
  const late =
    record?.status === 'SUCCEEDED' ? ' A successful outcome was recorded, but too late to be delivered.' : '';
  return {
    headline: `${ending}${where}${attempts}: ${error}`,
    why: `${meaning}${late}`,
    next: [{ what: remedy }, restart],
  };
}

/** How it failed says more than the error's name, which a callback may choose freely. */
function failureMeaning(failure: Failure | undefined): ErrorMeaning {
  if (failure?.heartbeatMissed) {
    return meaningOf('States.HeartbeatTimeout');
  }
  if (failure?.calledBack) {
    return meaningOf('ExternalServiceFailed');
  }
  return meaningOf(failure?.error ?? '');
}

const restart: NextStep = {
  what: 'Nothing happens automatically. Start it again, or redrive it from the failed state within 14 days.',
};

function running(model: ExecutionModel, waits: readonly Wait[], record: TaskRecord | undefined): Standing {
  const wait = waits[0];
  if (wait === undefined) {
    const state = openState(model);
    return {
      headline: state === undefined ? 'Running' : `Running: in “${state}”`,
      why: 'The execution is running. No state waits for a callback or a timer.',
      next: [{ what: 'The current state ends or times out.' }],
    };
  }
  const others = waits.length > 1 ? `, and ${waits.length - 1} more` : '';
  const outcome = record !== undefined && record.status !== 'PENDING' ? recorded(record) : undefined;
  return {
    headline: `Waiting in “${wait.state}”${others}`,
    why: outcome ?? whyWaiting(wait),
    next: nextOf(wait),
  };
}

function recorded(record: TaskRecord): string {
  return `The outcome ${record.status} was recorded at ${record.updatedAt} and will be delivered to the execution.`;
}

function whyWaiting(wait: Wait): string {
  const who = wait.target === undefined ? 'The external service' : wait.target;
  switch (wait.kind) {
    case 'callback':
      return `${who} sent the request (attempt ${wait.attempt}). No callback has arrived yet.`;
    case 'sub-workflow':
      return `The sub-workflow ${who} has not ended yet.`;
    case 'timer':
      return 'The state waits until a set time.';
    case 'retry':
      return `Attempt ${wait.attempt - 1} failed. The state is retried after a delay.`;
  }
}

function nextOf(wait: Wait): NextStep[] {
  if (wait.kind === 'timer') {
    return [at('The execution continues.', wait.until)];
  }
  if (wait.kind === 'retry') {
    return [at(`Attempt ${wait.attempt} starts at the latest.`, wait.until)];
  }
  const steps: NextStep[] = [
    {
      what:
        wait.kind === 'callback'
          ? 'A callback resumes the execution.'
          : 'The execution resumes when the sub-workflow ends.',
    },
  ];
  if (wait.heartbeatAt !== undefined) {
    const every = formatDuration((wait.heartbeatSeconds ?? 0) * 1000);
    steps.push({
      what: `Without a heartbeat (one is due every ${every}), the task times out.`,
      at: wait.heartbeatAt,
    });
  }
  if (wait.timeoutAt !== undefined) {
    steps.push({ what: 'Without a result, the task times out.', at: wait.timeoutAt });
  }
  if (wait.timeoutAt === undefined && wait.kind === 'callback') {
    steps.push({ what: 'The task has no timeout. It can wait for up to a year.' });
  }
  return steps;
}

function at(what: string, time: number | undefined): NextStep {
  return time === undefined ? { what } : { what, at: time };
}

function openState(model: ExecutionModel): string | undefined {
  return model.visits.findLast((visit) => visit.exitedAt === undefined)?.state;
}

function lasted(model: ExecutionModel): string {
  return formatDuration((model.endedAt ?? 0) - (model.startedAt ?? 0));
}
