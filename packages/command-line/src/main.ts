import type { Command } from './command';
import { Lifetime } from './lifetime';
import type { Options } from './options';
import { type CommandContext, runCommand, type Work } from './run-command';

/** As shells report commands that a signal ended. */
const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * The main program of a command: its arguments are those of this process, which ends with it.
 *
 * The first signal interrupts the work, and what it started is stopped; a second one does not wait for that. A command
 * that does not look at its lifetime is ended by the first.
 */
export async function main<O extends Options>(command: Command<O>, work: Work<O>): Promise<void> {
  const context = processContext();
  await end(runCommand(command, process.argv.slice(2), context, work));
}

/** The main program of a command that hands its arguments, `--help` included, to another program. */
export async function passThroughMain(
  work: (args: readonly string[], context: CommandContext) => Promise<number>,
): Promise<void> {
  const command = { name: '', description: '', options: {}, exitCodes: {} };
  await end(runCommand(command, [], processContext(), (_, context) => work(process.argv.slice(2), context)));
}

function processContext(): CommandContext {
  const lifetime = new Lifetime();
  for (const [name, exitCode] of Object.entries(SIGNAL_CODES)) {
    process.on(name, () => {
      if (lifetime.isInterrupted || !lifetime.isObserved) {
        process.exit(exitCode);
      }
      lifetime.interrupt(new Error(`interrupted by ${name}`), exitCode);
    });
  }
  // A reader that has gone (`… | head`) is no failure. Each further write fails as well.
  process.stdout.on('error', () => lifetime.interrupt(new Error('the output was closed'), 0));
  return {
    env: process.env,
    lifetime,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  };
}

/** What is still open after cleaning up must not keep the process from ending. */
async function end(running: Promise<number>): Promise<void> {
  const exitCode = await running;
  process.exitCode = exitCode;
  // Output to a pipe is written in the background.
  await Promise.all([process.stdout, process.stderr].map(flushed));
  process.exit(exitCode);
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
