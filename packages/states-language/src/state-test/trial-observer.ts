import { TestStateError } from '../errors';
import { ErrorName, StateFailure } from '../failures';
import type { MapState, ParallelState } from '../program/program';
import type { DataFlowStep, Trial } from '../runtime/trial';
import type { JsonObject, JsonValue } from '../values/json';
import type { Inspection } from './inspection';
import type { Mock } from './options';

/** Ends a test whose state would be tried again. */
export class WouldRetry extends Error {
  override readonly name = 'WouldRetry';

  constructor(readonly failure: StateFailure) {
    super('The state would be tried again');
  }
}

/** What is known of a test beside its state. */
export interface TrialSetup {
  /** A given context object. It is taken as it is, without a token. */
  readonly context: JsonObject | undefined;
  readonly retriesMade: number;
  readonly failedIterations: number;
  /** Whether the state reads its items from Amazon S3. */
  readonly hasReader: boolean;
  readonly readerItems: JsonValue[] | undefined;
  readonly result: JsonValue | undefined;
  readonly errorOutput: Mock['errorOutput'];
}

export class TrialObserver implements Trial {
  readonly #setup: TrialSetup;
  readonly #inspection: Inspection;
  /** The failure that a `Catch` of the state took. */
  caughtFailure: StateFailure | undefined;

  constructor(setup: TrialSetup, inspection: Inspection) {
    this.#setup = setup;
    this.#inspection = inspection;
  }

  get retriesMade(): number {
    return this.#setup.retriesMade;
  }

  contextOf(own: JsonObject): JsonObject {
    const { context } = this.#setup;
    if (context !== undefined) {
      // Not even then without the item that an ItemSelector is about.
      return own.Map === undefined ? context : { ...context, Map: own.Map };
    }
    const { RedriveCount: _, RoleArn, ...execution } = own.Execution as JsonObject;
    return { ...own, Execution: { ...execution, RoleArn: RoleArn === '' ? null : (RoleArn ?? null) } };
  }

  saw(step: DataFlowStep, value: JsonValue): void {
    this.#inspection.saw(step, value);
  }

  retrierMatched(retryIndex: number): void {
    this.#inspection.sawError({ retryIndex });
  }

  retry(delayMs: number, failure: StateFailure): never {
    this.#inspection.sawError({ retryBackoffIntervalSeconds: Math.trunc(delayMs / 1000) });
    throw new WouldRetry(failure);
  }

  caught(catchIndex: number, failure: StateFailure): void {
    this.#inspection.sawError({ catchIndex });
    this.caughtFailure = failure;
  }

  readItems(input: JsonValue): JsonValue[] | undefined {
    const { hasReader, readerItems } = this.#setup;
    if (!hasReader || readerItems !== undefined) {
      return readerItems;
    }
    // As AWS's guide says: the input is then what the reader read.
    return Array.isArray(input) ? input : undefined;
  }

  runInside(_state: MapState | ParallelState): JsonValue {
    const { errorOutput, result } = this.#setup;
    if (errorOutput !== undefined) {
      throw new StateFailure(errorOutput.error, errorOutput.cause);
    }
    return result ?? [];
  }

  /**
   * AWS's guide says that a Map fails that has more failed iterations than it tolerates; AWS does not let it fail that
   * names no tolerated failures and has neither `Retry` nor `Catch`.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
   * @see https://github.com/localstack/localstack/pull/13418
   */
  countFailures(state: MapState, itemCount: number, tolerates: (failures: number) => boolean): void {
    const failed = this.#setup.failedIterations;
    if (failed > itemCount) {
      throw new TestStateError(
        `mapIterationFailureCount cannot exceed the number of items in the input: it is ${failed}, and there are ${itemCount} items`,
      );
    }
    const namesToleratedFailures =
      state.toleratedFailureCount !== undefined || state.toleratedFailurePercentage !== undefined;
    const handlesErrors = state.retriers.length > 0 || state.catchers.length > 0;
    if (!tolerates(failed) && (namesToleratedFailures || handlesErrors)) {
      const cause = 'The specified tolerated failure threshold was exceeded';
      throw new StateFailure(ErrorName.EXCEED_TOLERATED_FAILURE_THRESHOLD, cause);
    }
  }
}
