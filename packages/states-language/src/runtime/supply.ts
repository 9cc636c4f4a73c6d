import type { ExecutionOptions } from '../execution-types';
import type { JournalEntry } from '../journal';

type Drawn = Exclude<JournalEntry, { type: 'signal' }>;

/** Values that the host supplies. During a replay they come from the journal; each fresh one is written to it. */
export class Supply {
  private recorded: Drawn[] | undefined;

  constructor(private readonly options: ExecutionOptions) {}

  replay(entries: readonly Drawn[]): void {
    this.recorded = [...entries];
  }

  random(): number {
    return this.draw('random', () => this.options.host.random());
  }

  taskToken(): string {
    return this.draw('taskToken', () => this.options.host.newTaskToken());
  }

  uuid(): string {
    return this.draw('uuid', () => this.options.host.uuid());
  }

  private draw<V>(type: Drawn['type'], fresh: () => V): V {
    const known = this.recorded?.shift();
    if (known === undefined) {
      const value = fresh();
      this.options.onJournal?.({ type, value } as JournalEntry);
      return value;
    }
    if (known.type !== type) {
      throw new Error(`The journal does not fit the execution: it has a ${known.type} where a ${type} is drawn`);
    }
    return known.value as V;
  }
}
