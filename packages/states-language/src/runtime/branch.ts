import type { StateFailure } from '../failures';
import type { Machine, State } from '../program/program';
import type { Data } from '../values/data';
import type { JsonValue } from '../values/json';
import type { Variables } from './variables';

/** `$$.Map.Item` of the iteration that a branch is, or is in. */
export interface MapItem {
  readonly index: number;
  readonly value: JsonValue;
  /** The key of a key-value pair of an object. */
  readonly key?: string;
  /** `STATE_DATA`, or the place in Amazon S3 that it was read from. */
  readonly source: string;
}

/** The Map Run of an attempt at a distributed Map. */
export interface StartedMapRun {
  readonly arn: string;
  redriveCount: number;
}

/** The state that a branch is in. It stays there when the branch fails, so that a redrive can go on from it. */
export class ActiveState {
  enteredEventId = 0;
  /** Attempts after the first; `$$.State.RetryCount`. */
  retryCount = 0;
  /** The token of the attempt under way. */
  taskToken: string | undefined;
  /** Branches or iterations of the attempt under way, by index; holes where none was started. */
  children: (Branch | undefined)[] | undefined;
  /** Of a distributed Map, once its children could run. */
  mapRun: StartedMapRun | undefined;
  /** Set by a redrive: the next attempt goes on with `children` instead of starting over. */
  redriven = false;

  constructor(
    readonly state: State,
    readonly input: Data,
    /** `previousEventId` of the entered event. */
    readonly cameFromEventId: number,
    readonly enteredAtMs: number,
  ) {}
}

/** Something that a branch waits for, and can give up. */
export interface Releasable {
  release(): void;
}

export type BranchOutcome =
  | { readonly status: 'SUCCEEDED'; readonly output: Data }
  | { readonly status: 'FAILED'; readonly failure: StateFailure };

/** One line of execution: the whole state machine, a branch of a Parallel, or an iteration of a Map. */
export class Branch {
  /** What the next event of this branch names as its predecessor. */
  lastEventId: number;
  active: ActiveState | undefined;
  outcome: BranchOutcome | undefined;
  /** The branch's run; what it yields is a `Suspension`. */
  steps: Generator<unknown, void, unknown> | undefined;
  /** The mailbox that the branch waits on. */
  parkedOn: object | undefined;
  /** Called once the branch has its outcome. */
  finish: (() => void) | undefined;
  /** The timer or task that the branch waits for. */
  waitingFor: Releasable | undefined;
  cancelled = false;

  constructor(
    readonly machine: Machine,
    readonly input: Data,
    readonly variables: Variables,
    readonly place: {
      readonly lastEventId: number;
      readonly mapItem?: MapItem | undefined;
    },
  ) {
    this.lastEventId = place.lastEventId;
  }

  /** Gives up whatever the branch and those inside it wait for. */
  cancel(): void {
    this.cancelled = true;
    this.parkedOn = undefined;
    this.waitingFor?.release();
    this.waitingFor = undefined;
    for (const child of this.active?.children ?? []) {
      if (child !== undefined && child.outcome === undefined) {
        child.cancel();
      }
    }
  }
}
