import type { StateFailure } from '../failures';
import type { MapState, ParallelState } from '../program/program';
import type { JsonObject, JsonValue } from '../values/json';

/** A step of a state's data flow, by the name that `TestState` gives its value. */
export type DataFlowStep =
  | 'input'
  | 'afterInputPath'
  | 'afterParameters'
  | 'afterItemsPath'
  | 'afterItemSelector'
  | 'afterItemBatcher'
  | 'maxConcurrency'
  | 'toleratedFailureCount'
  | 'toleratedFailurePercentage'
  | 'result'
  | 'afterResultSelector'
  | 'afterResultPath';

/** `TestState`: looks on while one state runs by itself, and stands in for what the state would run inside. */
export interface Trial {
  /** Retries that the matching retrier has made before. */
  readonly retriesMade: number;
  /** The context object, in place of what it would be by the runtime. */
  contextOf(own: JsonObject): JsonObject;
  saw(step: DataFlowStep, value: JsonValue): void;
  retrierMatched(index: number): void;
  /** @throws always: a test ends where the state would be tried again. */
  retry(delayMs: number, failure: StateFailure): never;
  caught(catcherIndex: number, failure: StateFailure): void;
  /** What the `ItemReader` reads; `undefined` without one. */
  readItems(input: JsonValue): JsonValue[] | undefined;
  /** Stands in for branches or iterations. @throws {@link StateFailure} the mocked error */
  runInside(state: MapState | ParallelState): JsonValue;
  /** Fails a Map of so many items, if more were said to have failed than it tolerates. @throws {@link StateFailure} */
  countFailures(state: MapState, itemCount: number, tolerates: (failures: number) => boolean): void;
}
