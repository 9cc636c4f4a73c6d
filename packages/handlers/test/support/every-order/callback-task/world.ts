import type { Execution } from './execution';
import type { Invocation } from './invocation';
import type { Numbering } from './numbering';
import type { Item } from './remembered-table';
import type { Answer, Step } from './stepwise';

/** An invocation that was begun, and where it stands. Equal ones are the same object. */
export interface Running {
  readonly number: number;
  readonly name: string;
  readonly invocation: Invocation;
  readonly answers: readonly Answer[];
  readonly step: Step;
}

/** All there is at one moment. */
export interface World {
  readonly item: Item | undefined;
  readonly execution: Execution;
  readonly running: readonly Running[];
  /** What the external service was given with the task. */
  readonly resumeToken: string | undefined;
  /** The callbacks that it may still send, by name. */
  readonly callbacksLeft: readonly string[];
  /** Those that were answered 200. */
  readonly accepted: readonly string[];
  /** The last drive whose end `close-task` has been told of; -1 before any. */
  readonly toldOf: number;
}

/** How much may happen. */
export interface Scope {
  readonly attempts: number;
  readonly redrives: number;
  readonly callbacks: readonly string[];
  /** How often the event of each end is delivered. */
  readonly events: number;
}

/** Equal for worlds from which the same can follow. */
export function keyOf(world: World, numbers: Numbering): string {
  const { item, execution, running, resumeToken = '', callbacksLeft, accepted, toldOf } = world;
  const invocations = running.map(({ number }) => number).sort((a, b) => a - b);
  return [
    numbers.of(item),
    numbers.of(execution),
    invocations.join('+'),
    resumeToken.slice(0, 4),
    callbacksLeft.join('+'),
    accepted.join('+'),
    toldOf,
  ].join();
}
