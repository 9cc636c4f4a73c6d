import { mkdirSync } from 'node:fs';
import { CommandError } from '@workflows/command-line';
import { synthesizeApp } from '@workflows/local-cloud';

/**
 * Synthesizes the stacks below `outDir`.
 * @param settings variables of the stacks' configuration, beside those of the environment
 * @throws {CommandError} when the folder cannot be made
 * @throws {SynthesisError} when the stacks refuse their configuration
 */
export async function synthesize(
  outDir: string,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  try {
    mkdirSync(outDir, { recursive: true });
  } catch (error) {
    throw new CommandError(
      `${outDir} could not be created (${(error as NodeJS.ErrnoException).code}). Choose another --directory`,
    );
  }
  await synthesizeApp({
    app: [process.execPath, require.resolve('@workflows/stacks/main')],
    outDir,
    env: { ...process.env, ...settings },
    signal,
  });
}
