import type { Branch } from './branch';

/** Where what a branch waits for arrives. Items wait in it until the branch takes them. */
export class Mailbox<T> {
  #items: T[] | undefined;

  constructor(readonly branch: Branch) {}

  get isEmpty(): boolean {
    return this.#items === undefined || this.#items.length === 0;
  }

  add(item: T): void {
    this.#items ??= [];
    this.#items.push(item);
  }

  take(): T | undefined {
    return this.#items?.shift();
  }
}

/** Lets the other branches that are ready go first. */
export const TURN = Symbol('turn');

/**
 * Why a branch pauses: a JSONata evaluation (which holds up the whole execution, so that branches keep their order),
 * an item for its mailbox, or its turn.
 */
export type Suspension = Promise<unknown> | Mailbox<unknown> | typeof TURN;

export type Steps<T> = Generator<Suspension, T, unknown>;

/** The value of an evaluation, paused for only if it has to be. */
export function* settled<T>(value: T | Promise<T>): Steps<T> {
  return value instanceof Promise ? ((yield value) as T) : value;
}

/** The next item of a mailbox. */
export function* receive<T>(mailbox: Mailbox<T>): Steps<T> {
  return (yield mailbox as Mailbox<unknown>) as T;
}
