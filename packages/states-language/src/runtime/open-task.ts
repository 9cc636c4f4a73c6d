import type { RunningTask } from '../host';
import type { TaskReport } from '../journal';
import type { JsonValue } from '../values/json';
import type { Releasable } from './branch';
import type { TaskHandle, TaskLimits, TaskSignal } from './runtime';
import type { Mailbox } from './suspension';
import type { Due } from './timers';
import type { Work } from './work';

/** Reports after which the task goes on. */
const INTERIM: ReadonlySet<TaskReport['kind']> = new Set(['scheduled', 'started', 'submitted']);

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
  work: Work | undefined;
  submitted: { readonly output: JsonValue } | undefined;
  #hasSubmitted = false;
  #hasStarted = false;
  readonly #timeoutAtMs: number;
  readonly #heartbeatMs: number;
  #heartbeatAtMs: number;

  readonly #desk: Desk;
  /** Whether the state goes on waiting once the request was answered. */
  readonly #waits: boolean;
  /** Whether a worker has to fetch the task. */
  readonly #isActivity: boolean;

  constructor(
    desk: Desk,
    readonly index: number,
    readonly taskToken: string | undefined,
    { isActivity, waits }: { readonly isActivity: boolean; readonly waits: boolean },
    readonly mailbox: Mailbox<TaskSignal>,
    limits: TaskLimits,
    nowMs: number,
  ) {
    this.#desk = desk;
    this.#waits = waits;
    this.#isActivity = isActivity;
    this.#timeoutAtMs = nowMs + (limits.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    this.#heartbeatMs = (limits.heartbeatSeconds ?? Number.POSITIVE_INFINITY) * 1000;
    // Nobody can send a heartbeat before a worker has the token.
    this.#heartbeatAtMs = isActivity ? Number.POSITIVE_INFINITY : nowMs + this.#heartbeatMs;
  }

  /** A worker has the task, and answers it in its own time. */
  get isWithWorker(): boolean {
    return this.#isActivity && this.#hasStarted;
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

  /** @returns whether this moved a limit nearer */
  started(nowMs: number): boolean {
    const isFirst = !this.#hasStarted;
    this.#hasStarted = true;
    if (isFirst && this.#isActivity) {
      this.heartbeat(nowMs);
      return true;
    }
    return false;
  }

  heartbeat(nowMs: number): void {
    this.#heartbeatAtMs = nowMs + this.#heartbeatMs;
  }

  accepts(report: TaskReport): boolean {
    if (this.settled || (report.kind === 'submitted' && (this.#hasSubmitted || !this.#waits))) {
      return false;
    }
    this.#hasSubmitted ||= report.kind === 'submitted';
    this.settled = !INTERIM.has(report.kind);
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
