import { Known } from './known';
import { Numbering } from './numbering';
import { remembered } from './remembered';
import { type Answer, type Context, type Step, stepAfter } from './stepwise';

/** An invocation that was begun, and where it stands. Equal ones are the same object. */
export interface Running<Invocation> {
  readonly number: number;
  readonly name: string;
  readonly invocation: Invocation;
  readonly answers: readonly Answer[];
  readonly step: Step;
}

/** Runs functions call by call, each part of an invocation once. */
export class Invocations<Invocation> {
  readonly #known = new Known<Running<Invocation>>();
  #count = 0;
  readonly #answers = new Numbering();

  readonly #run: (invocation: Invocation, context: Context) => Promise<unknown>;
  readonly #nameOf: (invocation: Invocation) => string;

  constructor(
    run: (invocation: Invocation, context: Context) => Promise<unknown>,
    nameOf: (invocation: Invocation) => string,
  ) {
    this.#run = run;
    this.#nameOf = nameOf;
  }

  begin(invocation: Invocation): Running<Invocation> {
    return this.#once(JSON.stringify(invocation), invocation, []);
  }

  /** Goes on with the answer to the call at which it stood. */
  readonly advance = remembered(
    ({ answers, invocation, number }: Running<Invocation>, answer: Answer): Running<Invocation> =>
      this.#once(`${number} ${this.#answers.of(answer)}`, invocation, [...answers, answer]),
  );

  #once(key: string, invocation: Invocation, answers: readonly Answer[]): Running<Invocation> {
    return this.#known.get(key, async () => {
      const step = await stepAfter((context) => this.#run(invocation, context), answers);
      return { number: this.#count++, name: this.#nameOf(invocation), invocation, answers, step };
    });
  }
}

/** All but one. */
export const without = <T>(all: readonly T[], one: T): T[] => all.toSpliced(all.indexOf(one), 1);

/** Those that run, in the order of their numbers: equal ones are equal lists. */
export function withAll<T extends { readonly number: number }>(running: readonly T[], begun: readonly T[]): T[] {
  const all = [...running];
  for (const one of begun) {
    const after = all.findIndex(({ number }) => number > one.number);
    all.splice(after < 0 ? all.length : after, 0, one);
  }
  return all;
}

export function numbersOf(running: readonly { readonly number: number }[]): string {
  let numbers = '';
  for (const { number } of running) {
    numbers += String.fromCharCode(number);
  }
  return numbers;
}
