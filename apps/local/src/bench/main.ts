import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineCommand, main } from '@workflows/command-line';
import { MissingOutputError, requireOutput } from '@workflows/contract';
import { SynthesisError, startLocalCloud } from '@workflows/local-cloud';
import { synthesize } from '../synthesize';
import { SteadyLoad } from './steady-load';

const STEADY = defineCommand({
  name: 'pnpm bench:steady',
  description: `Starts callback workflows at a steady rate in virtual time. Calls back each of them after a minute, except every tenth,
which must time out. Reports how all of them ended and how much memory was used.`,
  options: {
    minutes: {
      kind: 'number',
      positional: true,
      minimum: 1,
      maximum: 99_999,
      default: 60,
      description: 'virtual minutes',
    },
    rate: {
      kind: 'number',
      positional: true,
      minimum: 1,
      maximum: 99_999,
      default: 1,
      description: 'workflows to start per second',
    },
  },
  expectedErrors: [MissingOutputError, SynthesisError],
  exitCodes: { 0: 'every workflow ended as expected', 1: 'a workflow ended unexpectedly, or the command failed' },
});

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Heap in use, after a garbage collection if `--expose-gc` allows one, and resident memory of the process. */
function memory(): string {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
  return `heap ${megabytes(heapUsed)}, resident ${megabytes(rss)}`;
}

async function bench(minutes: number, perSecond: number): Promise<number> {
  const load = await SteadyLoad.create({ seconds: minutes * 60, perSecond });
  const outDir = mkdtempSync(join(tmpdir(), 'workflows-steady-'));
  await synthesize(outDir, { WORKFLOWS_EXTERNAL_SERVICE_URL: load.url }, new AbortController().signal);
  const cloud = await startLocalCloud({ outDir, port: 0, clock: load.clock, retainedExecutions: 1000 });
  try {
    const api = requireOutput(cloud.outputs, 'workflowApi');
    const stateMachineArn = requireOutput(cloud.outputs, 'workflowStateMachine');
    const [realMs, virtualMs] = [performance.now(), load.clock.now()];
    await load.run(cloud, api, stateMachineArn, (line) => print(`${line}, ${memory()}`));
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
    return asExpected && load.surprises.length === 0 ? 0 : 1;
  } finally {
    await cloud.close();
    load.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}

void main(STEADY, ({ minutes, rate }) => bench(minutes, rate));
