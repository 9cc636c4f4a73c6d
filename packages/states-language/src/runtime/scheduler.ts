import type { Branch } from './branch';
import { Mailbox, type Suspension, TURN } from './suspension';

interface Parked {
  readonly branch: Branch;
  readonly value: unknown;
}

/**
 * Runs the branches of one execution, one at a time and always in the same order. A signal from outside is looked at
 * only when no branch can go on by itself, so what happens depends on the signals and their order alone.
 */
export class Scheduler {
  private ready: Parked[] = [];
  private readyAt = 0;
  private readonly inbox: (() => void)[] = [];
  /** Mailbox that a parked branch waits on. */
  private readonly parkedOn = new Map<Branch, Mailbox<unknown>>();
  private busy = false;
  private evaluating = false;
  private whenQuiet: (() => void)[] = [];

  /** @param onThrow What to do with what a branch throws: failures of states never get here. */
  constructor(private readonly onThrow: (branch: Branch, thrown: unknown) => void) {}

  /** Takes a signal in; runs at once unless something runs already. */
  signal(handle: () => void): void {
    this.inbox.push(handle);
    this.pump();
  }

  start(branch: Branch): void {
    this.ready.push({ branch, value: undefined });
  }

  post<T>(mailbox: Mailbox<T>, item: T): void {
    const { branch } = mailbox;
    if (this.parkedOn.get(branch) === mailbox) {
      this.parkedOn.delete(branch);
      this.ready.push({ branch, value: item });
    } else {
      mailbox.items.push(item);
    }
  }

  /** Forgets everything that waits. */
  clear(): void {
    this.ready = [];
    this.readyAt = 0;
    this.parkedOn.clear();
  }

  /** Resolves once no branch can go on without a signal. */
  quiet(): Promise<void> {
    return this.evaluating
      ? new Promise((resolve) => {
          this.whenQuiet.push(resolve);
        })
      : Promise.resolve();
  }

  private pump(): void {
    if (this.busy || this.evaluating) {
      return;
    }
    this.busy = true;
    try {
      do {
        this.runReady();
      } while (!this.evaluating && this.takeSignal());
    } finally {
      this.busy = false;
    }
    if (!this.evaluating) {
      const waiting = this.whenQuiet;
      this.whenQuiet = [];
      for (const resolve of waiting) {
        resolve();
      }
    }
  }

  private takeSignal(): boolean {
    const handle = this.inbox.shift();
    handle?.();
    return handle !== undefined;
  }

  private runReady(): void {
    while (this.readyAt < this.ready.length && !this.evaluating) {
      const next = this.ready[this.readyAt];
      this.readyAt += 1;
      if (this.readyAt === this.ready.length) {
        this.ready = [];
        this.readyAt = 0;
      }
      if (next !== undefined) {
        this.step(next.branch, next.value);
      }
    }
  }

  private step(branch: Branch, value: unknown, thrown?: { error: unknown }): void {
    let given = value;
    let failure = thrown;
    while (!branch.cancelled && branch.steps !== undefined) {
      let result: IteratorResult<unknown, void>;
      try {
        result = failure === undefined ? branch.steps.next(given) : branch.steps.throw(failure.error);
      } catch (error) {
        this.onThrow(branch, error);
        return;
      }
      failure = undefined;
      if (result.done === true) {
        return;
      }
      const pause = this.pause(branch, result.value as Suspension);
      if (pause === undefined) {
        return;
      }
      given = pause.value;
    }
  }

  /** `undefined` when the branch has to wait; else what it goes on with. */
  private pause(branch: Branch, suspension: Suspension): { value: unknown } | undefined {
    if (suspension === TURN) {
      if (this.ready.length === 0) {
        return { value: undefined };
      }
      this.ready.push({ branch, value: undefined });
      return undefined;
    }
    if (suspension instanceof Mailbox) {
      if (suspension.items.length > 0) {
        return { value: suspension.items.shift() };
      }
      this.parkedOn.set(branch, suspension);
      return undefined;
    }
    this.evaluate(branch, suspension);
    return undefined;
  }

  private evaluate(branch: Branch, evaluation: Promise<unknown>): void {
    this.evaluating = true;
    const resume = (value: unknown, thrown?: { error: unknown }): void => {
      this.evaluating = false;
      this.busy = true;
      this.step(branch, value, thrown);
      this.busy = false;
      this.pump();
    };
    evaluation.then(
      (value) => resume(value),
      (error: unknown) => resume(undefined, { error }),
    );
  }
}
