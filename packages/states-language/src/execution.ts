import type { CallbackResult, ExecutionOptions, ExecutionStatus } from './execution-types';
import type { HistoryEvent } from './history';
import type { JournalEntry } from './journal';

/**
 * One execution of a state machine. It does no I/O: everything from outside arrives through its methods or its host,
 * one signal at a time, and the same signals give the same history.
 */
export class Execution {
  /** @throws {@link InvalidPayloadError} when the input is not JSON or is too large. */
  constructor(readonly options: ExecutionOptions) {}

  /**
   * Rebuilds an execution from the journal of an earlier one with the same options. Nothing is run again that the
   * journal answers; timers still due are scheduled on the host's clock, and tasks without an answer are handed to
   * the host's runner again.
   */
  static replay(_options: ExecutionOptions, _journal: Iterable<JournalEntry>): Promise<Execution> {
    throw new Error('not built yet');
  }

  /** Appends `ExecutionStarted` and runs, synchronously up to the first wait or JSONata evaluation. */
  start(): void {
    throw new Error('not built yet');
  }

  get status(): ExecutionStatus {
    throw new Error('not built yet');
  }

  /** JSON text, once `SUCCEEDED`. */
  get output(): string | undefined {
    throw new Error('not built yet');
  }

  get error(): string | undefined {
    throw new Error('not built yet');
  }

  get cause(): string | undefined {
    throw new Error('not built yet');
  }

  /** Epoch milliseconds, once ended. */
  get stopDateMs(): number | undefined {
    throw new Error('not built yet');
  }

  get redriveCount(): number {
    throw new Error('not built yet');
  }

  /** Epoch milliseconds of the last redrive. */
  get redriveDateMs(): number | undefined {
    throw new Error('not built yet');
  }

  /** Events in order of id, so the event with id `n` is at index `n - 1`. */
  get history(): readonly HistoryEvent[] {
    throw new Error('not built yet');
  }

  /** Resolves when the execution has a final status. */
  ended(): Promise<void> {
    throw new Error('not built yet');
  }

  /** `StopExecution`. Does nothing once the execution has ended. */
  stop(_error?: string, _cause?: string): void {
    throw new Error('not built yet');
  }

  /**
   * `RedriveExecution`: runs on from the states that did not succeed.
   *
   * @throws {@link ExecutionStateError} when the execution runs, has succeeded, or cannot be redriven.
   */
  redrive(): void {
    throw new Error('not built yet');
  }

  /**
   * `SendTaskSuccess`.
   *
   * @param outputJson JSON text of at most 262,144 bytes.
   * @throws {@link InvalidPayloadError} when it is not.
   */
  succeedTask(_taskToken: string, _outputJson: string): CallbackResult {
    throw new Error('not built yet');
  }

  /** `SendTaskFailure`. */
  failTask(_taskToken: string, _error?: string, _cause?: string): CallbackResult {
    throw new Error('not built yet');
  }

  /** `SendTaskHeartbeat`: restarts the heartbeat clock. Leaves no event. */
  heartbeatTask(_taskToken: string): CallbackResult {
    throw new Error('not built yet');
  }
}
