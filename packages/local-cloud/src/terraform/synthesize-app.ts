import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The app failed. The message says so in one line, with what the app reported. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

export interface SynthesizeAppOptions {
  /** The command of a CDKTF app, such as `app` in its `cdktf.json`. */
  readonly app: readonly [file: string, ...args: string[]];
  /** Folder that the synthesized Terraform is written to; stacks that an earlier synthesis left there are removed. */
  readonly outDir: string;
  /** @default the working directory of this process */
  readonly cwd?: string;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the app when aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a CDKTF app, which writes its synthesized Terraform below `outDir`. Needs neither Terraform nor the cdktf CLI.
 *
 * @throws {SynthesisError} when the app fails
 */
export async function synthesizeApp({
  app,
  outDir,
  cwd,
  env = process.env,
  signal,
}: SynthesizeAppOptions): Promise<void> {
  rmSync(join(outDir, 'stacks'), { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const [file, ...args] = app;
  const child = spawn(file, args, {
    env: { ...env, CDKTF_OUTDIR: outDir, CDKTF_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { signal }),
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
    throw new SynthesisError(`The stacks could not be synthesized: ${firstLine(said) ?? `exit code ${code}`}`);
  }
}

/** An error thrown by the app starts with its source line; what it says stands after the error's name. */
function firstLine(text: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\w*Error: /.test(line)) ?? lines.find((line) => line !== '');
}
