import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeApp } from '@workflows/local-cloud';
import { EXTERNAL_SERVICE_URL } from './run/run';

/**
 * Writes the stacks as they are deployed, but for the external service: the simulation plays that part.
 *
 * @returns the folder, which is the caller's to remove
 * @throws {SynthesisError} when the stacks do not synthesize
 */
export async function synthesize(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'simulate-'));
  const env = Object.entries(process.env).filter(([name]) => !name.startsWith('WORKFLOWS_'));
  await synthesizeApp({
    app: [process.execPath, require.resolve('@workflows/stacks/main')],
    outDir,
    env: { ...Object.fromEntries(env), WORKFLOWS_EXTERNAL_SERVICE_URL: EXTERNAL_SERVICE_URL },
  });
  return outDir;
}
