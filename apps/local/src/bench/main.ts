/** `pnpm bench:steady [virtual minutes] [workflows a second]` */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '@workflows/local-cloud';
import { CommandError } from '../errors';
import { synthesize } from '../synthesize';
import { SteadyLoad } from './steady-load';

const HELP = `Usage: pnpm bench:steady [virtual minutes, default 60] [workflows a second, default 1]

Starts callback workflows at a steady rate in virtual time, calls each back after a minute but every tenth, which has to
time out, and reports how all of them ended and the memory on the way.

Exit code 0: all ended as they should; 1: one did not, or the command cannot be carried out.
`;

const print = (line: string) => process.stdout.write(`${line}\n`);

/** What is in use after a collection, where `--expose-gc` allows one, and what the process occupies. */
function memory(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
  return `heap ${megabytes(heapUsed)}, resident ${megabytes(rss)}`;
}

function wholeNumber(text: string | undefined, fallback: number): number {
  if (text === undefined) {
    return fallback;
  }
  if (!/^[1-9]\d{0,4}$/.test(text)) {
    throw new CommandError(`${text} is not allowed; allowed is a whole number from 1 to 99999; see --help`);
  }
  return Number(text);
}

async function main([minutes, perSecond]: readonly string[]): Promise<void> {
  if (minutes === '--help' || minutes === '-h') {
    print(HELP.trimEnd());
    return;
  }
  const load = await SteadyLoad.create({
    seconds: wholeNumber(minutes, 60) * 60,
    perSecond: wholeNumber(perSecond, 1),
  });
  const outDir = mkdtempSync(join(tmpdir(), 'workflows-steady-'));
  await synthesize(outDir, { WORKFLOWS_EXTERNAL_SERVICE_URL: load.url }, new AbortController().signal);
  const cloud = await startLocalCloud({ outDir, port: 0, clock: load.clock, retainedExecutions: 1000 });
  try {
    const { WorkflowApiEndpoint, WorkflowStateMachineArn } = cloud.outputs.WorkflowsStack ?? {};
    const [realMs, virtualMs] = [performance.now(), load.clock.now()];
    await load.run(cloud, String(WorkflowApiEndpoint), String(WorkflowStateMachineArn), (line) =>
      print(`${line}, ${memory()}`),
    );
    const virtualMinutes = ((load.clock.now() - virtualMs) / 60_000).toFixed(1);
    print(
      `${load.total} workflows in ${virtualMinutes} virtual minutes, ${((performance.now() - realMs) / 1000).toFixed(1)} s`,
    );
    for (const [end, count] of load.ends) {
      print(`${String(count).padStart(8)} ${end}`);
    }
    for (const surprise of load.surprises.slice(0, 10)) {
      print(surprise);
    }
    const asExpected =
      load.ends.get('FAILED States.Timeout') === load.expectedTimeouts &&
      load.ends.get('SUCCEEDED') === load.total - load.expectedTimeouts;
    if (!asExpected || load.surprises.length > 0) {
      process.exitCode = 1;
    }
  } finally {
    await cloud.close();
    load.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

main(process.argv.slice(2).filter((argument) => argument !== '--')).catch((error: Error) => {
  process.stderr.write(`${error instanceof CommandError ? error.message : error.stack}\n`);
  process.exitCode = 1;
});
