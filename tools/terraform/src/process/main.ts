import { CommandError } from '../errors';
import { endOnSignals, Lifetime } from './lifetime';
import { Progress } from './progress';

export interface Context {
  readonly env: NodeJS.ProcessEnv;
  readonly lifetime: Lifetime;
  readonly progress: Progress;
  readonly print: (text: string) => void;
}

/** Runs a command: its exit code, its one-line errors, and the end of what it started. */
export async function runMain(command: (context: Context) => Promise<number>): Promise<void> {
  const lifetime = new Lifetime();
  const interrupted = endOnSignals(lifetime);
  const progress = new Progress(process.stderr, process.env);
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const guarded = async (work: () => Promise<number>): Promise<number> => {
    try {
      return await work();
    } catch (error) {
      // What fails because it was interrupted is not worth a report of its own.
      progress.problem(interrupted() === undefined ? describe(error) : 'interrupted');
      return 1;
    }
  };
  const code = await guarded(() => command({ env: process.env, lifetime, progress, print }));
  const ending = await guarded(async () => {
    await lifetime.end();
    return 0;
  });
  process.exit(interrupted() ?? Math.max(code, ending));
}

function describe(error: unknown): string {
  if (error instanceof CommandError) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Reads a command line with `parse`, which gets the arguments and throws what `parseArgs` throws.
 *
 * @throws {CommandError} naming the argument that is not known, with the first line of the usage
 */
export function readCommandLine<T>(args: readonly string[], usage: string, parse: (args: string[]) => T): T {
  try {
    // A package manager may pass the separator on.
    return parse(args[0] === '--' ? args.slice(1) : [...args]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`${reason.split(/\.\s/)[0]}. ${usage.split('\n')[0]} (--help says more)`, { cause });
  }
}
