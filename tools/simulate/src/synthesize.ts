import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CommandError } from './options';
import { EXTERNAL_SERVICE_URL } from './run/run';

/**
 * Writes the stacks as they are deployed, but for the external service: the simulation plays that part.
 *
 * @returns the folder, which is the caller's to remove
 * @throws {CommandError} when the stacks are not built or do not synthesize
 */
export async function synthesize(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'simulate-'));
  const settings = Object.entries(process.env).filter(([name]) => !name.startsWith('WORKFLOWS_'));
  const env = {
    ...Object.fromEntries(settings),
    CDKTF_OUTDIR: outDir,
    CDKTF_LOG_LEVEL: 'error',
    WORKFLOWS_EXTERNAL_SERVICE_URL: EXTERNAL_SERVICE_URL,
  };
  try {
    await promisify(execFile)(process.execPath, [require.resolve('@workflows/stacks/main')], { env });
  } catch (error) {
    throw new CommandError(
      `the stacks do not synthesize, or are not built; use \`pnpm simulate\`: ${(error as Error).message}`,
    );
  }
  return outDir;
}
