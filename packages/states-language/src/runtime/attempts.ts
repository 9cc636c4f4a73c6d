import { ErrorName, FieldError, type StateFailure } from '../failures';
import { placeAt } from '../jsonpath/reference-path';
import type { Catcher, Retrier, RetryableState } from '../program/program';
import { Data } from '../values/data';
import type { JsonValue } from '../values/json';
import type { ActiveState, Branch } from './branch';
import { failureOf } from './field-errors';
import type { Runtime } from './runtime';
import { sleep } from './simple-states';
import { evaluateAssign, exitState, type Transition } from './state-exit';
import { StateScope } from './state-scope';
import { type Mailbox, type Steps, settled } from './suspension';

/**
 * A task under way. Its state waits in {@link withRetries} rather than in a generator of its own: what waits holds as
 * little as it can.
 */
export interface Pending extends Mailbox<unknown> {
  /** Takes what reached the state. Gives the result once there is one. @throws {@link StateFailure} */
  handle(signal: unknown): Data | undefined;
  /** Ends the state with the result. */
  finish(active: ActiveState, result: Data): Steps<Transition>;
}

/** How a Task, Parallel or Map state goes about one attempt. */
export interface AttemptHooks<S extends RetryableState> {
  /** Runs the state once, up to and including its exited event, or up to where it waits for a task. */
  attempt(runtime: Runtime, branch: Branch, active: ActiveState, state: S): Steps<Transition | Pending>;
  /** Nothing is left but Catch, or the failure of the branch: `ParallelStateFailed`, `MapStateFailed`. */
  gaveUp(runtime: Runtime, branch: Branch): void;
}

/**
 * Retries and catches as a state's `Retry` and `Catch` say.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function* withRetries<S extends RetryableState>(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: S,
  hooks: AttemptHooks<S>,
): Steps<Transition> {
  let attempts: number[] | undefined;
  for (;;) {
    let failure: StateFailure;
    try {
      const begun = yield* hooks.attempt(runtime, branch, active, state);
      if (!('handle' in begun)) {
        return begun;
      }
      let result: Data | undefined;
      while (result === undefined) {
        result = begun.handle(yield begun);
      }
      return yield* begun.finish(active, result);
    } catch (error) {
      failure = failureOf(runtime, branch, active, error);
    }
    attempts ??= [];
    const delayMs = nextDelayMs(state.retriers, failure, attempts, runtime);
    if (delayMs !== undefined) {
      runtime.trial?.retry(delayMs, failure);
    }
    if (delayMs === undefined) {
      return yield* giveUp(runtime, branch, active, state, hooks, failure);
    }
    if (delayMs > 0) {
      yield* sleep(runtime, branch, runtime.nowMs + delayMs);
    }
    active.retryCount += 1;
  }
}

/** No retry is left. @throws {@link StateFailure} without a `Catch` for it, or with one that fails */
function* giveUp<S extends RetryableState>(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: S,
  hooks: AttemptHooks<S>,
  failure: StateFailure,
): Steps<Transition> {
  const { lastEventId } = branch;
  hooks.gaveUp(runtime, branch);
  const index = state.catchers.findIndex(({ errorEquals }) => covers(errorEquals, failure));
  const catcher = state.catchers[index];
  if (catcher === undefined) {
    throw failure;
  }
  runtime.trial?.caught(index, failure);
  try {
    return yield* caught(runtime, branch, active, catcher, failure);
  } catch (error) {
    if (!isQueryError(error)) {
      throw failureOf(runtime, branch, active, error);
    }
    // As measured: the state fails once more, after what its Catch could not evaluate, which follows on the first
    // failure's own event. https://github.com/floci-io/floci/pull/3167
    branch.lastEventId = lastEventId;
    const uncaught = failureOf(runtime, branch, active, error);
    hooks.gaveUp(runtime, branch);
    throw uncaught;
  }
}

/** Errors that `States.TaskFailed` does not stand for. */
const NO_TASK_FAILURES: ReadonlySet<string> = new Set([
  ErrorName.DATA_LIMIT_EXCEEDED,
  ErrorName.RUNTIME,
  ErrorName.TIMEOUT,
]);

function covers(errorEquals: readonly string[], failure: StateFailure): boolean {
  const { error = '', alias } = failure;
  return errorEquals.some((name) => {
    if (name === ErrorName.ALL) {
      // The guide excludes `States.DataLimitExceeded` too. Recorded otherwise: https://github.com/localstack/localstack/pull/10511
      return error !== ErrorName.RUNTIME;
    }
    if (name === ErrorName.TASK_FAILED) {
      return !NO_TASK_FAILURES.has(error);
    }
    return name === failure.error || name === alias;
  });
}

function nextDelayMs(
  retriers: readonly Retrier[],
  failure: StateFailure,
  attempts: number[],
  runtime: Runtime,
): number | undefined {
  const index = retriers.findIndex(({ errorEquals }) => covers(errorEquals, failure));
  const retrier = retriers[index];
  if (retrier === undefined) {
    return undefined;
  }
  runtime.trial?.retrierMatched(index);
  const made = attempts[index] ?? runtime.trial?.retriesMade ?? 0;
  if (made >= retrier.maxAttempts) {
    return undefined;
  }
  attempts[index] = made + 1;
  const grown = retrier.intervalSeconds * retrier.backoffRate ** made;
  const delaySeconds = Math.min(grown, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return Math.round(delaySeconds * 1000 * (retrier.fullJitter ? runtime.random() : 1));
}

function* caught(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  catcher: Catcher,
  failure: StateFailure,
): Steps<Transition> {
  const errorOutput = { Error: failure.error ?? null, Cause: failure.failureCause ?? null };
  const scope = new StateScope(runtime, branch, active, active.input.value, { errorOutput });
  const jsonata = active.state.language === 'JSONata';
  const value =
    catcher.output === undefined
      ? combine(catcher, active.input.value, errorOutput)
      : yield* settled(catcher.output(scope));
  const output = Data.of(value, active.input);
  const assigned = yield* evaluateAssign(catcher.assign, jsonata ? scope : scope.with(errorOutput));
  exitState(runtime, branch, active, output, assigned);
  return { output, next: catcher.next };
}

const isQueryError = (error: unknown): boolean =>
  error instanceof FieldError && error.error === ErrorName.QUERY_EVALUATION_ERROR;

function combine({ resultPath }: Catcher, input: JsonValue, errorOutput: JsonValue): JsonValue {
  if (resultPath === undefined) {
    return errorOutput;
  }
  return resultPath === null ? input : placeAt(resultPath, input, errorOutput);
}
