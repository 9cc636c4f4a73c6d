/**
 * Measures the Step Functions service: executions per second over the wire and in process, and the memory of
 * executions that wait for a callback, as their number grows.
 */
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');
const { createEndpoint } = require('../dist/endpoint');
const { allowEverything } = require('../dist/iam');
const { RealClock } = require('../dist/clock');
const { createMachine, startService } = require('./service.cjs');

const print = (line) => process.stdout.write(`${line}\n`);
const turn = () => new Promise(setImmediate);

async function overTheWire(name, executions) {
  const service = startService();
  const endpoint = await createEndpoint({
    port: 0,
    services: [service],
    authorizer: allowEverything,
    clock: new RealClock(),
  });
  const stateMachineArn = await createMachine(service, name);
  const run = (count) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(join(__dirname, 'wire-client.cjs'), {
        workerData: { url: endpoint.url, stateMachineArn, executions: count, concurrency: 50 },
      });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  await run(executions / 5);
  const { perSecond, p50Ms, p99Ms } = await run(executions);
  print(
    `over the wire  ${name.padEnd(8)} ${perSecond.toFixed(0).padStart(7)} executions/s  ` +
      `p50 ${p50Ms.toFixed(1)} ms  p99 ${p99Ms.toFixed(1)} ms`,
  );
  await endpoint.close();
  await service.close();
}

async function inProcess(name, executions, transitions) {
  const service = startService();
  const stateMachineArn = await createMachine(service, name);
  const run = async (count) => {
    const startedMs = performance.now();
    for (let index = 0; index < count; index++) {
      const { executionArn } = await service.call('StartExecution', { stateMachineArn, input: '[1,1,2,3,5,8,13,21]' });
      while ((await service.call('DescribeExecution', { executionArn })).status === 'RUNNING') {
        await turn();
      }
    }
    return count / ((performance.now() - startedMs) / 1000);
  };
  await run(executions / 5);
  const perSecond = await run(executions);
  print(
    `in process     ${name.padEnd(8)} ${perSecond.toFixed(0).padStart(7)} executions/s  ` +
      `${(perSecond * transitions).toFixed(0)} state transitions/s`,
  );
  await service.close();
}

async function waiting(executions) {
  const service = startService();
  const stateMachineArn = await createMachine(service, 'callback');
  global.gc();
  const before = process.memoryUsage().heapUsed;
  const startedMs = performance.now();
  for (let index = 0; index < executions; index++) {
    await service.call('StartExecution', { stateMachineArn, input: `{"index":${index},"timeoutSeconds":3600}` });
    if (index % 100 === 99) {
      await turn();
    }
  }
  await turn();
  const seconds = (performance.now() - startedMs) / 1000;
  global.gc();
  const bytes = process.memoryUsage().heapUsed - before;
  print(
    `waiting        ${String(executions).padStart(6)} for a callback: ${(bytes / 1e6).toFixed(0)} MB, ` +
      `${(bytes / executions).toFixed(0)} B each; started in ${seconds.toFixed(1)} s`,
  );
  await service.close();
}

async function main() {
  // First, while the heap holds nothing else.
  for (const executions of [1_000, 10_000, 100_000]) {
    await waiting(executions);
  }
  await inProcess('pass', 20_000, 3);
  await inProcess('map', 5_000, 9);
  await overTheWire('pass', 10_000);
  await overTheWire('map', 5_000);
}

main();
