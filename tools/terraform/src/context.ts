import type { CommandContext } from '@workflows/command-line';
import { Progress } from '@workflows/kit';

/** What a command runs in, with its progress on stderr. */
export interface Context extends CommandContext {
  readonly progress: Progress;
}

export function withProgress(context: CommandContext): Context {
  return { ...context, progress: new Progress(process.stderr, context.env) };
}
