import {
  Execution,
  type ExecutionContext,
  type ExecutionOptions,
  type HistoryEvent,
  type Host,
  type JournalEntry,
} from '@workflows/states-language';
import type { ExecutionTarget } from './model';

export interface ExecutionStart {
  readonly arn: string;
  readonly name: string;
  readonly target: ExecutionTarget;
  /** JSON text. */
  readonly input: string;
  /** Epoch milliseconds. */
  readonly startedMs: number;
  readonly traceHeader?: string | undefined;
  /** How many items a child execution of a Map Run works on. */
  readonly itemCount?: number;
  /** @default the host that all executions of the revision share */
  readonly host?: Host | undefined;
}

/** What an execution tells whoever keeps it. */
export interface ExecutionKeeper {
  /** Whether executions keep a journal, from which they can be rebuilt. */
  readonly journals: boolean;
  onEvent(record: ExecutionRecord, event: HistoryEvent): void;
  onTaskOpened(record: ExecutionRecord, taskToken: string): void;
  onTaskClosed(taskToken: string): void;
  onEnd(record: ExecutionRecord): void;
}

/**
 * What the service knows of an execution, and at once the options that the interpreter runs it with: with 100,000
 * executions waiting, every object and every closure for each of them counts.
 */
export class ExecutionRecord implements ExecutionOptions {
  readonly arn: string;
  readonly name: string;
  readonly target: ExecutionTarget;
  /** JSON text. */
  readonly input: string;
  /** Epoch milliseconds. */
  readonly startedMs: number;
  readonly traceHeader: string | undefined;
  /** Client tokens of redrives, so that a repeated one is answered and not run again. */
  redriveTokens: Set<string> | undefined;
  /** Place in the list of its state machine's executions. */
  position: number;
  readonly itemCount?: number;
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  readonly host: Host;
  readonly onTaskOpened: (taskToken: string) => void;
  readonly onJournal?: (entry: JournalEntry) => void;
  readonly #keeper: ExecutionKeeper;
  readonly #journal: JournalEntry[] | undefined;
  #execution: Execution;
  #whenEnded: (() => void)[] | undefined;

  /** @throws {InvalidPayloadError} when the input is not JSON or is too large */
  constructor(start: ExecutionStart, keeper: ExecutionKeeper) {
    const { versionArn, aliasArn } = start.target;
    this.arn = start.arn;
    this.name = start.name;
    this.target = start.target;
    this.input = start.input;
    this.startedMs = start.startedMs;
    this.traceHeader = start.traceHeader;
    this.redriveTokens = undefined;
    this.position = 0;
    if (start.itemCount !== undefined) {
      this.itemCount = start.itemCount;
    }
    this.host = start.host ?? start.target.revision.host;
    if (versionArn !== undefined) {
      this.stateMachineVersionArn = versionArn;
    }
    if (aliasArn !== undefined) {
      this.stateMachineAliasArn = aliasArn;
    }
    this.#keeper = keeper;
    // A closure, as the interpreter calls it by itself.
    this.onTaskOpened = (taskToken) => keeper.onTaskOpened(this, taskToken);
    if (keeper.journals) {
      const journal: JournalEntry[] = [];
      this.#journal = journal;
      this.onJournal = (entry) => journal.push(entry);
    }
    this.#execution = new Execution(this);
  }

  /** Another one after {@link rebuild}: not for keeping. */
  get execution(): Execution {
    return this.#execution;
  }

  /** Puts an execution that the journal gives in the place of the one that there is, as a restart does. */
  async rebuild(): Promise<void> {
    if (this.#journal === undefined) {
      throw new Error(`${this.arn} has no journal to be rebuilt from.`);
    }
    this.#execution.abandon();
    this.#execution = await Execution.replay(this, this.#journal);
  }

  /** Resolves when the execution has a final status, whether it was rebuilt meanwhile or not. */
  ended(): Promise<void> {
    return this.execution.status === 'RUNNING'
      ? new Promise((resolve) => {
          this.#whenEnded = [...(this.#whenEnded ?? []), resolve];
        })
      : Promise.resolve();
  }

  get program() {
    return this.target.mapRun?.program ?? this.target.revision.program;
  }

  get type() {
    return this.target.mapRun?.program.type ?? this.target.machine.type;
  }

  get context(): ExecutionContext {
    const { aliasArn, machine, mapRun, revision, versionArn } = this.target;
    return {
      execution: {
        id: this.arn,
        name: this.name,
        roleArn: revision.roleArn,
        startTime: new Date(this.startedMs).toISOString(),
      },
      stateMachine: { id: mapRun?.stateMachineArn ?? aliasArn ?? versionArn ?? machine.arn, name: machine.name },
    };
  }

  get onTaskClosed() {
    return this.#keeper.onTaskClosed;
  }

  onEvent(event: HistoryEvent): void {
    this.#keeper.onEvent(this, event);
  }

  onEnd(): void {
    this.#keeper.onEnd(this);
    const waiting = this.#whenEnded ?? [];
    this.#whenEnded = undefined;
    for (const resolve of waiting) {
      resolve();
    }
  }
}
