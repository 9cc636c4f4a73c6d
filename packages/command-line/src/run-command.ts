import { type Command, WRONG_USAGE } from './command';
import { CommandError, UsageError } from './errors';
import { help } from './help';
import type { Lifetime } from './lifetime';
import type { Options, Values } from './options';
import { parse } from './parse';

/** What a command reads from and writes to. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  readonly lifetime: Lifetime;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** @returns the exit code */
export type Work<O extends Options> = (values: Values<O>, context: CommandContext) => Promise<number> | number;

/**
 * Reads the command line, answers `--help`, does the work, and cleans up after it.
 *
 * @returns the exit code
 */
export async function runCommand<O extends Options>(
  command: Command<O>,
  args: readonly string[],
  context: CommandContext,
  work: Work<O>,
): Promise<number> {
  const { lifetime } = context;
  const guarded = async (step: () => Promise<number> | number): Promise<number> => {
    try {
      return await step();
    } catch (error) {
      if (error instanceof UsageError) {
        context.stderr(`${error.message}\n`);
        return command.wrongUsage ?? WRONG_USAGE;
      }
      // What fails because the command was interrupted is not worth a report.
      if (!lifetime.isInterrupted) {
        context.stderr(`${describe(error, command)}\n`);
      }
      return command.failure ?? 1;
    }
  };
  const code = await guarded(() => {
    const values = parse(command, args);
    if (values === 'help') {
      context.stdout(help(command));
      return 0;
    }
    return work(values, context);
  });
  const ending = await guarded(async () => {
    await lifetime.end();
    return 0;
  });
  return lifetime.exitCode ?? Math.max(code, ending);
}

function describe(error: unknown, { expectedErrors = [] }: Command): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const isExpected = [CommandError, ...expectedErrors].some((type) => error instanceof type);
  return isExpected ? error.message : (error.stack ?? error.message);
}
