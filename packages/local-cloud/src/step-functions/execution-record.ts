import { Execution, type ExecutionContext, type ExecutionOptions, type HistoryEvent } from '@workflows/states-language';
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
}

/** What an execution tells whoever keeps it. */
export interface ExecutionKeeper {
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
  readonly stateMachineVersionArn?: string;
  readonly stateMachineAliasArn?: string;
  readonly execution: Execution;
  readonly onTaskOpened: (taskToken: string) => void;
  readonly #keeper: ExecutionKeeper;

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
    if (versionArn !== undefined) {
      this.stateMachineVersionArn = versionArn;
    }
    if (aliasArn !== undefined) {
      this.stateMachineAliasArn = aliasArn;
    }
    this.#keeper = keeper;
    // A closure, as the interpreter calls it by itself.
    this.onTaskOpened = (taskToken) => keeper.onTaskOpened(this, taskToken);
    this.execution = new Execution(this);
  }

  get program() {
    return this.target.revision.program;
  }

  get host() {
    return this.target.revision.host;
  }

  get type() {
    return this.target.machine.type;
  }

  get context(): ExecutionContext {
    const { aliasArn, machine, revision, versionArn } = this.target;
    return {
      execution: {
        id: this.arn,
        name: this.name,
        roleArn: revision.roleArn,
        startTime: new Date(this.startedMs).toISOString(),
      },
      stateMachine: { id: aliasArn ?? versionArn ?? machine.arn, name: machine.name },
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
  }
}
