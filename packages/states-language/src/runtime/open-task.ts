import type { JsonValue, RunningTask, TaskRequest } from '../host';
import type { TaskReport } from '../journal';
import type { Releasable } from './branch';
import type { TaskHandle, TaskLimits, TaskSignal } from './runtime';
import type { Mailbox } from './suspension';
import type { Due } from './timers';

/** Who keeps the task: takes it off its list when it is closed, and looks at its limits when its timer is due. */
interface Desk {
  close(task: OpenTask): void;
  due(task: OpenTask): void;
}

/** One attempt at a Task state, from its start to its final report. */
export class OpenTask implements TaskHandle, Due {
  /** A final report, a timeout or a cancellation came in: whatever comes after it is ignored. */
  settled = false;
  running: RunningTask | undefined;
  timer: Releasable | undefined;
  /** Kept only during a replay, which may have to hand the task to the runner at its end. */
  request: TaskRequest | undefined;
  submitted: { readonly output: JsonValue } | undefined;
  #hasSubmitted = false;
  readonly #timeoutAtMs: number;
  readonly #heartbeatMs: number;
  #heartbeatAtMs: number;

  readonly #desk: Desk;
  /** Whether the state goes on waiting once the request was answered. */
  readonly #waits: boolean;

  constructor(
    desk: Desk,
    readonly index: number,
    readonly taskToken: string | undefined,
    waits: boolean,
    readonly mailbox: Mailbox<TaskSignal>,
    limits: TaskLimits,
    nowMs: number,
  ) {
    this.#desk = desk;
    this.#waits = waits;
    this.#timeoutAtMs = nowMs + (limits.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    this.#heartbeatMs = (limits.heartbeatSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    this.#heartbeatAtMs = nowMs + this.#heartbeatMs;
  }

  get dueAtMs(): number {
    return Math.min(this.#timeoutAtMs, this.#heartbeatAtMs);
  }

  /** Which limit is over, if one is. */
  expired(nowMs: number): 'timeout' | 'heartbeatTimeout' | undefined {
    if (nowMs >= this.#timeoutAtMs) {
      return 'timeout';
    }
    return nowMs >= this.#heartbeatAtMs ? 'heartbeatTimeout' : undefined;
  }

  heartbeat(nowMs: number): void {
    this.#heartbeatAtMs = nowMs + this.#heartbeatMs;
  }

  accepts(report: TaskReport): boolean {
    if (this.settled || (report.kind === 'submitted' && (this.#hasSubmitted || !this.#waits))) {
      return false;
    }
    this.#hasSubmitted ||= report.kind === 'submitted';
    this.settled = report.kind !== 'started' && report.kind !== 'submitted';
    return true;
  }

  release(): void {
    this.#desk.close(this);
    this.running?.cancel();
  }

  due(): void {
    this.#desk.due(this);
  }

  close(): void {
    this.#desk.close(this);
  }
}
