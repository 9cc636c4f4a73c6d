import { Numbering } from './numbering';
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
  readonly #known = new Map<string, Promise<Running<Invocation>>>();
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

  begin(invocation: Invocation): Promise<Running<Invocation>> {
    return this.#once(JSON.stringify(invocation), invocation, []);
  }

  /** Goes on with the answer to the call at which it stood. */
  advance({ answers, invocation, number }: Running<Invocation>, answer: Answer): Promise<Running<Invocation>> {
    return this.#once(`${number} ${this.#answers.of(answer)}`, invocation, [...answers, answer]);
  }

  #once(key: string, invocation: Invocation, answers: readonly Answer[]): Promise<Running<Invocation>> {
    const known = this.#known.get(key);
    if (known !== undefined) {
      return known;
    }
    const number = this.#known.size;
    const name = this.#nameOf(invocation);
    const running = stepAfter((context) => this.#run(invocation, context), answers).then((step) => ({
      number,
      name,
      invocation,
      answers,
      step,
    }));
    this.#known.set(key, running);
    return running;
  }
}

/** All but one of those that run. */
export const without = <T>(running: readonly T[], one: T): T[] => running.toSpliced(running.indexOf(one), 1);

export const numbersOf = (running: readonly { readonly number: number }[]): string =>
  running
    .map(({ number }) => number)
    .sort((a, b) => a - b)
    .join('+');
