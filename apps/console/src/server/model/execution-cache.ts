import {
  buildModel,
  type Definition,
  type ExecutionModel,
  type ExecutionReader,
  type HistoryEntry,
  parseExecutionArn,
  Redactor,
  type TaskReader,
  type TaskRecord,
  toEntry,
  tokenFieldsOf,
  waitsOf,
} from '@workflows/inspector';

/** All that is known of one execution, without tokens. */
export interface LoadedExecution {
  readonly arn: string;
  readonly definition: Definition;
  readonly model: ExecutionModel;
  readonly record?: TaskRecord;
  readonly lastHeartbeatAt?: number;
}

interface Slot {
  readonly redactor: Redactor;
  readonly definition: Definition;
  readonly entries: HistoryEntry[];
  model: ExecutionModel;
  record?: TaskRecord;
  /** True when events may have been added since. */
  stale: boolean;
  /** Epoch milliseconds. */
  readAt: number;
  refreshing?: Promise<void>;
}

const CAPACITY = 300;
const WAITING_PATIENCE = 6;

/** Recently viewed histories. A change costs one call for the new events, not a reload of the whole history. */
export class ExecutionCache {
  readonly #slots = new Map<string, Promise<Slot | undefined>>();
  readonly #heartbeats = new Map<string, number>();

  readonly #reader: ExecutionReader;
  readonly #tasks: { readonly reader: TaskReader; readonly stateMachineArn: string } | undefined;
  /** How long the cached state of a running execution is used, if no live events are available. */
  readonly #freshForMs: number | undefined;

  constructor(
    reader: ExecutionReader,
    tasks: { readonly reader: TaskReader; readonly stateMachineArn: string } | undefined,
    freshForMs: number | undefined,
  ) {
    this.#reader = reader;
    this.#tasks = tasks;
    this.#freshForMs = freshForMs;
  }

  /** @returns undefined when there is no such execution */
  async load(arn: string): Promise<LoadedExecution | undefined> {
    const opening = this.#slots.get(arn) ?? this.#open(arn);
    this.#slots.delete(arn);
    this.#slots.set(arn, opening);
    opening.then((slot) => slot === undefined && this.#slots.delete(arn)).catch(() => this.#slots.delete(arn));
    this.#evict();
    const slot = await opening;
    if (slot === undefined) {
      return undefined;
    }
    if (slot.refreshing !== undefined) {
      await slot.refreshing;
    }
    if (slot.stale || this.#isOld(slot)) {
      await this.#refresh(arn, slot);
    }
    const lastHeartbeatAt = this.#heartbeats.get(arn);
    return {
      arn,
      definition: slot.definition,
      model: slot.model,
      ...(slot.record === undefined ? {} : { record: slot.record }),
      ...(lastHeartbeatAt === undefined ? {} : { lastHeartbeatAt }),
    };
  }

  /** Something happened in the execution: the next `load` reads what is new. */
  async invalidate(arn: string): Promise<void> {
    const slot = await this.#slots.get(arn)?.catch(() => undefined);
    if (slot !== undefined) {
      slot.stale = true;
    }
  }

  heartbeat(arn: string, at: number): void {
    this.#heartbeats.set(arn, at);
    if (this.#heartbeats.size > 10_000) {
      this.#heartbeats.delete([...this.#heartbeats.keys()][0] ?? '');
    }
  }

  clear(): void {
    this.#slots.clear();
    this.#heartbeats.clear();
  }

  /** What waits changes seldom, and there may be many of it: it is looked at less often. */
  #isOld({ model, definition, readAt }: Slot): boolean {
    if (this.#freshForMs === undefined || model.status !== 'RUNNING') {
      return false;
    }
    const patience = waitsOf(model, definition).length > 0 ? WAITING_PATIENCE : 1;
    return Date.now() - readAt > this.#freshForMs * patience;
  }

  async #open(arn: string): Promise<Slot | undefined> {
    const found = await this.#reader.describe(arn);
    if (found === undefined) {
      return undefined;
    }
    const definition = await this.#reader.definitionOf(arn);
    const slot: Slot = {
      redactor: new Redactor(tokenFieldsOf(definition)),
      definition,
      entries: [],
      model: buildModel([]),
      stale: true,
      readAt: 0,
    };
    return slot;
  }

  /** One refresh at a time: what arrives meanwhile marks the slot stale again. */
  #refresh(arn: string, slot: Slot): Promise<void> {
    slot.refreshing ??= this.#read(arn, slot).finally(() => {
      delete slot.refreshing;
    });
    return slot.refreshing;
  }

  async #read(arn: string, slot: Slot): Promise<void> {
    slot.stale = false;
    slot.readAt = Date.now();
    try {
      // The record first: it knows the tokens that the history may quote.
      const record = await this.#recordOf(arn, slot.redactor);
      if (record !== undefined) {
        slot.record = record;
      }
      const known = slot.entries.at(-1)?.id ?? 0;
      const added = await this.#reader.history(arn, known);
      for (const event of added) {
        slot.entries.push(toEntry(event, slot.redactor));
      }
      if (added.length > 0) {
        slot.model = buildModel(slot.entries, slot.definition);
      }
    } catch (error) {
      slot.stale = true;
      throw error;
    }
  }

  async #recordOf(arn: string, redactor: Redactor): Promise<TaskRecord | undefined> {
    const parsed = parseExecutionArn(arn);
    if (this.#tasks === undefined || parsed?.stateMachineArn !== this.#tasks.stateMachineArn) {
      return undefined;
    }
    return this.#tasks.reader.record(parsed.name, redactor);
  }

  #evict(): void {
    for (const arn of this.#slots.keys()) {
      if (this.#slots.size <= CAPACITY) {
        return;
      }
      this.#slots.delete(arn);
    }
  }
}
