import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { CommandError } from './errors';

/**
 * Runs the stacks' app, which writes the synthesized Terraform below `outDir`. Needs neither Terraform nor the cdktf CLI.
 * @param settings variables of the stacks' configuration, beside those of the environment
 * @throws {CommandError} when the stacks are not built, or refuse their configuration
 */
export async function synthesize(
  outDir: string,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const app = findApp();
  try {
    mkdirSync(outDir, { recursive: true });
  } catch (error) {
    throw new CommandError(
      `${outDir} cannot be made (${(error as NodeJS.ErrnoException).code}): choose another --directory`,
    );
  }
  const child = spawn(process.execPath, [app], {
    env: { ...process.env, ...settings, CDKTF_OUTDIR: outDir, CDKTF_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new CommandError(`the stacks do not synthesize: ${firstLine(said) ?? `exit code ${code}`}`);
  }
}

function findApp(): string {
  try {
    const app = require.resolve('@workflows/stacks/main');
    if (existsSync(app)) {
      return app;
    }
  } catch {
    // Falls through: an export that points to nothing is a build that has not run.
  }
  throw new CommandError('the stacks are not built: run `pnpm build` first, or use `pnpm start`');
}

/** An error thrown by the app starts with its source line; what it says stands after the error's name. */
function firstLine(text: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error: /.test(line)) ?? lines.find((line) => line !== '');
}
