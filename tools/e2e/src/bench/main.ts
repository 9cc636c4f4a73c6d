import { execFileSync } from 'node:child_process';
import { main } from '@workflows/command-line';
import { ApiClient } from '../api-client';
import { LocalRuntime } from '../local-runtime';
import { WorkflowApi } from '../workflow-api';
import { AcceptingService } from './external-service';
import { Latencies } from './latencies';
import { Load } from './load';
import { checkLoad, LOAD, type LoadOptions } from './options';

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Resident memory of a process, in MB. */
function residentMb(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

async function bench(options: LoadOptions): Promise<number> {
  const latencies = new Latencies();
  const every = Math.max(1, Math.floor(options.workflows / 10));
  let pid = 0;
  const load = new Load(options, latencies, (ended) => {
    if (ended % every === 0) {
      print(`${String(ended).padStart(8)} ended   runtime ${residentMb(pid).toFixed(0)} MB`);
    }
  });
  const service = await AcceptingService.start((task) => load.accept(task));
  const runtime = await LocalRuntime.start({
    args: ['--no-demo', '--retain', String(options.inFlight)],
    env: {
      WORKFLOWS_EXTERNAL_SERVICE_URL: service.url,
      WORKFLOWS_THROTTLE_RATE: '10000',
      WORKFLOWS_THROTTLE_BURST: '10000',
    },
  });
  try {
    pid = runtime.process.pid;
    print(`${options.workflows} workflows, ${options.inFlight} in flight; runtime ${residentMb(pid).toFixed(0)} MB`);
    const { workflowApiEndpoint } = runtime.outputs();
    const report = await load.run(new WorkflowApi(new ApiClient(workflowApiEndpoint)));
    const seconds = report.durationMs / 1000;
    print(
      `${(options.workflows / seconds).toFixed(1)} workflows/s over ${seconds.toFixed(1)} s, at most ${report.mostInFlight} in flight`,
    );
    for (const line of latencies.lines()) {
      print(line);
    }
    print(`${report.lost.length} lost`);
    return report.lost.length > 0 ? 1 : 0;
  } finally {
    await runtime.stop();
    service.close();
  }
}

void main(LOAD, (options) => {
  checkLoad(options);
  return bench(options);
});
