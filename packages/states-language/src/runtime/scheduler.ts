import type { Branch } from './branch';
import { Mailbox, type Suspension, TURN } from './suspension';

interface Parked {
  readonly branch: Branch;
  readonly value: unknown;
}

/** Shared by all schedulers, and therefore never written to. */
const NOTHING: never[] = [];

export interface SchedulerOwner {
  /** What a branch throws; failures of states never get here. */
  branchThrew(branch: Branch, thrown: unknown): void;
  /** The branch has its outcome. */
  branchEnded(branch: Branch): void;
  /** Told of an evaluation that takes turns of the event loop: no timer may run before it has ended. */
  evaluates(evaluation: Promise<unknown>): void;
}

/**
 * Runs the branches of one execution, one at a time and always in the same order. A signal from outside is looked at
 * only when no branch can go on by itself, so what happens depends on the signals and their order alone.
 */
export class Scheduler {
  // Emptied lists are dropped: while an execution waits, which may be for a year, it holds no spare capacity.
  #ready: Parked[] = NOTHING;
  #readyAt = 0;
  #inbox: (() => void)[] = NOTHING;
  #busy = false;
  #evaluating = false;
  #halted = false;
  #whenQuiet: (() => void)[] = NOTHING;

  readonly #owner: SchedulerOwner;

  constructor(owner: SchedulerOwner) {
    this.#owner = owner;
  }

  /** Takes a signal in; runs at once unless something runs already. */
  signal(handle: () => void): void {
    this.#inbox = [...this.#inbox, handle];
    this.#pump();
  }

  start(branch: Branch): void {
    this.#makeReady(branch, undefined);
  }

  post<T>(mailbox: Mailbox<T>, item: T): void {
    const { branch } = mailbox;
    if (branch.parkedOn === mailbox) {
      branch.parkedOn = undefined;
      this.#makeReady(branch, item);
    } else {
      mailbox.add(item);
    }
  }

  /** Forgets every branch that is ready. */
  clear(): void {
    this.#ready = NOTHING;
    this.#readyAt = 0;
  }

  /** Runs nothing any more, whatever comes: not even what an evaluation under way would go on with. */
  halt(): void {
    this.#halted = true;
    this.clear();
    this.#inbox = NOTHING;
  }

  /** Resolves once no branch can go on without a signal. */
  quiet(): Promise<void> {
    return this.#evaluating
      ? new Promise((resolve) => {
          this.#whenQuiet = [...this.#whenQuiet, resolve];
        })
      : Promise.resolve();
  }

  #makeReady(branch: Branch, value: unknown): void {
    if (this.#ready.length === 0) {
      this.#ready = [{ branch, value }];
    } else {
      this.#ready.push({ branch, value });
    }
  }

  #pump(): void {
    if (this.#busy || this.#evaluating) {
      return;
    }
    this.#busy = true;
    try {
      do {
        this.#runReady();
      } while (!this.#evaluating && this.#takeSignal());
    } finally {
      this.#busy = false;
    }
    if (!this.#evaluating) {
      const waiting = this.#whenQuiet;
      this.#whenQuiet = NOTHING;
      for (const resolve of waiting) {
        resolve();
      }
    }
  }

  #takeSignal(): boolean {
    const [handle] = this.#inbox;
    this.#inbox = this.#inbox.length > 1 ? this.#inbox.slice(1) : NOTHING;
    handle?.();
    return handle !== undefined;
  }

  #runReady(): void {
    while (this.#readyAt < this.#ready.length && !this.#evaluating) {
      const next = this.#ready[this.#readyAt];
      this.#readyAt += 1;
      if (this.#readyAt === this.#ready.length) {
        this.#ready = NOTHING;
        this.#readyAt = 0;
      }
      if (next !== undefined) {
        this.#step(next.branch, next.value);
      }
    }
  }

  #step(branch: Branch, value: unknown, thrown?: { error: unknown }): void {
    let given = value;
    let failure = thrown;
    while (!this.#halted && !branch.cancelled && branch.steps !== undefined) {
      let result: IteratorResult<unknown, void>;
      try {
        result = failure === undefined ? branch.steps.next(given) : branch.steps.throw(failure.error);
      } catch (error) {
        this.#owner.branchThrew(branch, error);
        return;
      }
      failure = undefined;
      if (result.done === true) {
        this.#owner.branchEnded(branch);
        return;
      }
      const pause = this.#pause(branch, result.value as Suspension);
      if (pause === undefined) {
        return;
      }
      given = pause.value;
    }
  }

  /** `undefined` when the branch has to wait; else what it goes on with. */
  #pause(branch: Branch, suspension: Suspension): { value: unknown } | undefined {
    if (suspension === TURN) {
      if (this.#ready.length === 0) {
        return { value: undefined };
      }
      this.#makeReady(branch, undefined);
      return undefined;
    }
    if (suspension instanceof Mailbox) {
      if (!suspension.isEmpty) {
        return { value: suspension.take() };
      }
      branch.parkedOn = suspension;
      return undefined;
    }
    this.#evaluate(branch, suspension);
    return undefined;
  }

  #evaluate(branch: Branch, evaluation: Promise<unknown>): void {
    this.#evaluating = true;
    this.#owner.evaluates(evaluation);
    const resume = (value: unknown, thrown?: { error: unknown }): void => {
      this.#evaluating = false;
      this.#busy = true;
      try {
        this.#step(branch, value, thrown);
      } finally {
        this.#busy = false;
      }
      this.#pump();
    };
    evaluation.then(
      (value) => resume(value),
      (error: unknown) => resume(undefined, { error }),
    );
  }
}
