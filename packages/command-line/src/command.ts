import type { Options, Values } from './options';

/** A command as data. */
export interface Command<O extends Options = Options> {
  /** What people type: `pnpm plan`. */
  readonly name: string;
  /** What it does, in lines of at most 120 characters. */
  readonly description: string;
  readonly options: O;
  /** Shown at the end of `--help`, for example where a command looks. */
  readonly notes?: string;
  /** What each exit code means. The code for wrong usage is added. */
  readonly exitCodes: Readonly<Record<number, string>>;
  /** Exit code for wrong usage. @default 2 */
  readonly wrongUsage?: number;
  /** Exit code if the command fails. @default 1 */
  readonly failure?: number;
  /** Errors whose message is all that the user needs, beside {@link CommandError}; of all others the stack is shown. */
  readonly expectedErrors?: readonly (abstract new (
    ...args: never[]
  ) => Error)[];
}

/** Keeps the types of the options, from which those of their values follow. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}

/** What a command line gives for the options of a command. */
export type ValuesOf<C> = C extends Command<infer O> ? Values<O> : never;

export const WRONG_USAGE = 2;
