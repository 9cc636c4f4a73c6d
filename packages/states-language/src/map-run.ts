import { ErrorName } from './failures';
import type { ChildInput } from './host';
import type { JsonValue } from './values/json';

/** Without either, no failure is tolerated. @see https://docs.aws.amazon.com/step-functions/latest/dg/maprun-fail-threshold.html */
export interface ToleratedFailures {
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

/** Whether a Map goes on after so many of its items have failed: none of the thresholds that it gives is exceeded. */
export function toleratesFailures(tolerated: ToleratedFailures, failures: number, total: number): boolean {
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = tolerated;
  if (count === undefined && percentage === undefined) {
    return failures === 0;
  }
  return failures <= (count ?? failures) && failures * 100 <= (percentage ?? 100) * total;
}

/** How a child execution ended. */
export interface ChildEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** JSON text. */
  readonly output?: string;
}

/** A child execution under way. */
export interface RunningChild<E extends ChildEnd> {
  readonly ended: Promise<E>;
  stop(): void;
}

/** @param before how the child ended before, where it runs once more */
export type StartChild<E extends ChildEnd> = (
  child: ChildInput,
  index: number,
  before: E | undefined,
) => RunningChild<E>;

export interface MapRunSettings extends ToleratedFailures {
  /** 0 for no limit. */
  readonly maxConcurrency: number;
}

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

export type MapRunCounts = Readonly<
  Record<'pending' | 'running' | 'succeeded' | 'failed' | 'timedOut' | 'aborted' | 'total', number>
>;

interface Child<E extends ChildEnd> extends ChildInput {
  running: RunningChild<E> | undefined;
  end: E | undefined;
}

/** What a Map Run without a limit of its own runs at once. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_CONCURRENCY = 10_000;

export class ToleratedFailureThresholdError extends Error {
  override readonly name = ErrorName.EXCEED_TOLERATED_FAILURE_THRESHOLD;
  constructor() {
    super('The specified tolerated failure threshold was exceeded');
  }
}

/**
 * Runs the children of one Map Run: at most so many at once, until all have ended or more have failed than is tolerated.
 * How a child is run is for whoever makes the Map Run to say.
 */
export class MapRun<E extends ChildEnd = ChildEnd> {
  status: MapRunStatus = 'RUNNING';
  #settings: MapRunSettings;
  #children: Child<E>[] = [];
  #next = 0;
  #running = 0;
  #failedItems = 0;
  #totalItems = 0;
  /** What is left to count once the children are let go. */
  #finalCounts: { readonly executions: MapRunCounts; readonly items: MapRunCounts } | undefined;
  #done: Promise<void> | undefined;
  readonly #startChild: StartChild<E>;
  #settle: { resolve: () => void; reject: (error: unknown) => void } | undefined;

  constructor(settings: MapRunSettings, startChild: StartChild<E>) {
    this.#settings = settings;
    this.#startChild = startChild;
  }

  get settings(): MapRunSettings {
    return this.#settings;
  }

  /** Holds for the children that run already, too. */
  update(settings: Partial<MapRunSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#pump();
  }

  /** By child, in their order; `undefined` where none has ended. */
  get ends(): readonly (E | undefined)[] {
    return this.#children.map(({ end }) => end);
  }

  get inputs(): readonly string[] {
    return this.#children.map(({ input }) => input);
  }

  /** Resolves when all children have ended; asked again, when those of the first time have. @throws {ToleratedFailureThresholdError} */
  run(inputs: readonly ChildInput[]): Promise<void> {
    if (this.#done !== undefined) {
      return this.#done;
    }
    this.#children = inputs.map(({ input, itemCount }) => ({ input, itemCount, running: undefined, end: undefined }));
    this.#totalItems = inputs.reduce((sum, { itemCount }) => sum + itemCount, 0);
    return this.#start();
  }

  /** Runs the children that have not succeeded. @throws {ToleratedFailureThresholdError} */
  redrive(): Promise<void> {
    if (this.status === 'RUNNING' && this.#done !== undefined) {
      return this.#done;
    }
    this.status = 'RUNNING';
    this.#next = 0;
    this.#failedItems = 0;
    return this.#start();
  }

  /** Stops the children that run; none is started any more, and nothing is reported. */
  abort(): void {
    if (this.status === 'RUNNING') {
      this.status = 'ABORTED';
      this.#stopChildren();
    }
  }

  /** The Map Run is over, whatever its children are: items cannot be read, or results not be written. */
  fail(): void {
    this.status = 'FAILED';
  }

  /** @param by what each child counts for */
  counts(by: 'executions' | 'items'): MapRunCounts {
    if (this.#finalCounts !== undefined) {
      return this.#finalCounts[by];
    }
    const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 };
    for (const { end, itemCount, running } of this.#children) {
      const weight = by === 'items' ? itemCount : 1;
      counts.total += weight;
      counts[running !== undefined ? 'running' : end === undefined ? 'pending' : COUNTED_AS[end.status]] += weight;
    }
    return counts;
  }

  /** Lets inputs and outputs go, when they will not be asked for any more. */
  release(): void {
    this.#finalCounts = { executions: this.counts('executions'), items: this.counts('items') };
    this.#children = [];
  }

  #start(): Promise<void> {
    this.#done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#pump();
    });
    return this.#done;
  }

  #pump(): void {
    const limit = this.#settings.maxConcurrency > 0 ? this.#settings.maxConcurrency : MAX_CONCURRENCY;
    while (this.status === 'RUNNING' && this.#running < limit && this.#next < this.#children.length) {
      const index = this.#next;
      this.#next += 1;
      const child = this.#children[index] as Child<E>;
      if (child.end?.status !== 'SUCCEEDED') {
        this.#run(child, index);
      }
    }
    if (this.status === 'RUNNING' && this.#settle !== undefined && this.#running === 0) {
      this.status = 'SUCCEEDED';
      this.#settle.resolve();
    }
  }

  #run(child: Child<E>, index: number): void {
    const before = child.end;
    child.end = undefined;
    const running = this.#startChild(child, index, before);
    child.running = running;
    this.#running += 1;
    running.ended.then(
      (end) => this.#ended(child, end),
      (error) => {
        this.status = 'FAILED';
        this.#settle?.reject(error);
      },
    );
  }

  #ended(child: Child<E>, end: E): void {
    child.running = undefined;
    child.end = end;
    this.#running -= 1;
    if (this.status !== 'RUNNING') {
      return;
    }
    if (end.status !== 'SUCCEEDED') {
      this.#failedItems += child.itemCount;
      if (!toleratesFailures(this.#settings, this.#failedItems, this.#totalItems)) {
        this.status = 'FAILED';
        this.#stopChildren();
        this.#settle?.reject(new ToleratedFailureThresholdError());
        return;
      }
    }
    this.#pump();
  }

  #stopChildren(): void {
    for (const { running } of this.#children) {
      running?.stop();
    }
  }
}

const COUNTED_AS = { SUCCEEDED: 'succeeded', FAILED: 'failed', TIMED_OUT: 'timedOut', ABORTED: 'aborted' } as const;

/** The outputs of the children that succeeded, in the order of the items. */
export function succeededOutputs(ends: readonly (ChildEnd | undefined)[]): JsonValue[] {
  return ends.flatMap((end) =>
    end?.status === 'SUCCEEDED' && end.output !== undefined ? [JSON.parse(end.output) as JsonValue] : [],
  );
}
