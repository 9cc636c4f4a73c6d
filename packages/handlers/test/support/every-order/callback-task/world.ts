import { numbersOf, type Running } from '../invocations';
import type { Numbering } from '../numbering';
import type { Items } from '../remembered-table';
import type { Execution } from './execution';
import type { Invocation } from './invocation';

/** All there is at one moment. */
export interface World {
  readonly items: Items;
  readonly execution: Execution;
  /** In the order of their numbers. */
  readonly running: readonly Running<Invocation>[];
  /** What the external service was given with the task. */
  readonly resumeToken: string | undefined;
  /** The callbacks that it may still send, by name. */
  readonly callbacksLeft: readonly string[];
  /** Those that were answered 200. */
  readonly accepted: readonly string[];
  /** Redrive count of the last run whose end `close-task` has been told of; -1 before any. */
  readonly toldOf: number;
}

/** How much may happen. */
export interface Scope {
  readonly attempts: number;
  readonly redrives: number;
  readonly callbacks: readonly string[];
  /** How often the event of each end is delivered. */
  readonly events: number;
  /** Whether the answers of AWS may be lost, so that the SDK repeats its calls. */
  readonly lostAnswers: boolean;
}

export function keyOf(world: World, numbers: Numbering): string {
  const { items, execution, running, resumeToken = '', callbacksLeft, accepted, toldOf } = world;
  const ofTheService = `${resumeToken.slice(0, 4)} ${callbacksLeft.join('+')} ${accepted.join('+')}`;
  return `${numbers.of(items)} ${numbers.of(execution)} ${toldOf} ${ofTheService} ${numbersOf(running)}`;
}
