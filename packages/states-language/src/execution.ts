import { ExecutionStateError } from './errors';
import type { CallbackResult, ExecutionOptions, ExecutionStatus } from './execution-types';
import type { HistoryEvent } from './history';
import type { JournalEntry } from './journal';
import { ExecutionCore } from './runtime/execution-core';
import { parsePayload } from './values/payload';

/**
 * One execution of a state machine. It does no I/O: everything from outside arrives through its methods or its host,
 * one signal at a time, and the same signals give the same history.
 *
 * @example
 * const clock = new VirtualClock(0);
 * const program = parseDefinition('{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}');
 * const execution = new Execution({ program, input: '{}', host: { clock, tasks, random, newTaskToken, uuid }, context });
 * execution.start();
 * execution.status; // 'SUCCEEDED'
 */
export class Execution {
  readonly #core: ExecutionCore;

  /**
   * @param live `false` only for {@link Execution.replay}: timers and tasks wait until the journal is worked off.
   * @throws {@link InvalidPayloadError} when the input is not JSON or is too large.
   */
  constructor(options: ExecutionOptions, live = true) {
    this.#core = new ExecutionCore(options, live);
  }

  /**
   * Rebuilds an execution from the journal of an earlier one with the same options. Nothing is run again that the
   * journal answers; timers still due are scheduled on the host's clock, and tasks without an answer are handed to
   * the host's runner again. `onEvent` and `onEnd` are not called for what the journal holds.
   */
  static async replay(options: ExecutionOptions, journal: Iterable<JournalEntry>): Promise<Execution> {
    const execution = new Execution(options, false);
    await execution.#core.replay([...journal]);
    return execution;
  }

  /** Appends `ExecutionStarted` and runs, synchronously up to the first wait or JSONata evaluation. */
  start(): void {
    this.#core.signal({ type: 'start' });
  }

  get status(): ExecutionStatus {
    return this.#core.status;
  }

  /** JSON text, once `SUCCEEDED`. */
  get output(): string | undefined {
    return this.#core.end.output;
  }

  get error(): string | undefined {
    return this.#core.end.error;
  }

  get cause(): string | undefined {
    return this.#core.end.cause;
  }

  /** Epoch milliseconds, once ended. */
  get stopDateMs(): number | undefined {
    return this.#core.end.atMs;
  }

  get redriveCount(): number {
    return this.#core.redriveCount;
  }

  /** Epoch milliseconds of the last redrive. */
  get redriveDateMs(): number | undefined {
    return this.#core.redriveAtMs;
  }

  /** Events in order of id, so the event with id `n` is at index `n - 1`. */
  get history(): readonly HistoryEvent[] {
    return this.#core.events;
  }

  /** Resolves when the execution has a final status. */
  ended(): Promise<void> {
    return this.#core.ended();
  }

  /**
   * Lets go of the execution, as a process does that is killed: no timer of it runs any more, whatever its tasks report
   * is ignored, nothing is stopped and no event is appended. {@link Execution.replay} goes on from its journal.
   */
  abandon(): void {
    this.#core.abandon();
  }

  /** `StopExecution`. Does nothing once the execution has ended. */
  stop(error?: string, cause?: string): void {
    this.#core.signal({ type: 'stop', error, cause });
  }

  /**
   * `RedriveExecution`: runs on from the states that did not succeed.
   *
   * @throws {@link ExecutionStateError} when the execution runs or has succeeded.
   */
  redrive(): void {
    const { status } = this.#core;
    if (status === 'RUNNING' || status === 'SUCCEEDED') {
      throw new ExecutionStateError(`Execution is ${status} and cannot be redriven`);
    }
    this.#core.signal({ type: 'redrive' });
  }

  /**
   * `SendTaskSuccess`.
   *
   * @param outputJson JSON text of at most 262,144 bytes.
   * @throws {@link InvalidPayloadError} when it is not.
   */
  succeedTask(taskToken: string, outputJson: string): CallbackResult {
    return this.#core.callback(taskToken, { kind: 'succeeded', output: parsePayload(outputJson, 'output').value });
  }

  /** `SendTaskFailure`. */
  failTask(taskToken: string, error?: string, cause?: string): CallbackResult {
    return this.#core.callback(taskToken, { kind: 'failed', error, cause });
  }

  /** `SendTaskHeartbeat`: restarts the heartbeat clock. Leaves no event. */
  heartbeatTask(taskToken: string): CallbackResult {
    return this.#core.heartbeat(taskToken);
  }
}
