/**
 * Measures what the README states: page weight, and the time to the first view with 10,000 executions.
 *
 *   pnpm --filter @workflows/console measure
 */
import { FakeAws } from '@workflows/inspector/testing';
import { chromium } from 'playwright-core';
import { createConsole } from '../dist/index.js';
import { chromiumPath, FLAGS } from './chromium.cjs';

const EXECUTIONS = 10_000;
const RUNS = 7;
const MACHINES = ['Workflow', 'WorkflowComposite', 'WorkflowIdempotent', 'WorkflowLambda'];
const STATUSES = ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'TIMED_OUT'];

const definition = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
const now = Date.now();
const aws = await new FakeAws().listen();
for (const machine of MACHINES) {
  aws.definitions.set(machine, definition);
}
for (let n = 0; n < EXECUTIONS; n += 1) {
  aws.add({
    name: `order-${String(n).padStart(5, '0')}`,
    stateMachine: MACHINES[n % MACHINES.length],
    status: STATUSES[n % STATUSES.length],
    startDate: now - n * 1000,
    stopDate: now - n * 1000 + 700,
  });
}

const startedAt = performance.now();
const server = await createConsole({
  awsEndpoint: aws.url,
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  outputs: {},
});
const serving = performance.now() - startedAt;
let all = 0;
while (all < EXECUTIONS) {
  all = (await (await fetch(`${server.url}api/executions`)).json()).matched;
}
const reading = performance.now() - startedAt;

const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
const times = { first: [], filter: [], lastPage: [] };
let weight = 0;
for (let run = 0; run < RUNS; run += 1) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const transferred = [];
  page.on('requestfinished', (request) => {
    if (!request.url().includes('/api/')) {
      transferred.push(request.sizes());
    }
  });
  times.first.push(
    await timed(
      () => page.goto(server.url),
      () => page.getByRole('link', { name: 'order-00000' }).waitFor(),
    ),
  );
  const rows = page.getByRole('row');
  times.filter.push(
    await timed(
      () => page.getByLabel('Name contains').fill('order-09'),
      () => rows.filter({ hasText: 'order-09000' }).waitFor(),
    ),
  );
  await page.getByLabel('Name contains').fill('');
  await page.getByText('10,000 executions', { exact: true }).waitFor();
  times.lastPage.push(
    await timed(
      () => page.getByRole('button', { name: 'Last page' }).click(),
      () => rows.filter({ hasText: 'order-09999' }).waitFor(),
    ),
  );
  weight = (await Promise.all(transferred)).reduce((sum, it) => sum + it.responseBodySize, 0);
  await context.close();
}
await browser.close();
await server.close();
await aws.close();

const ms = (value) => `${Math.round(value)} ms`;
const spread = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return `${ms(sorted[Math.floor(sorted.length / 2)])} (${ms(sorted[0])}–${ms(sorted.at(-1))}, ${values.length} runs)`;
};
process.stdout.write(
  [
    `page weight, compressed      ${(weight / 1024).toFixed(1)} KiB`,
    `server answers after         ${ms(serving)}`,
    `10,000 executions read after ${ms(reading)}`,
    `first view                   ${spread(times.first)}`,
    `filter by name               ${spread(times.filter)}, of which 200 ms wait for the next key`,
    `last page                    ${spread(times.lastPage)}`,
    '',
  ].join('\n'),
);

async function timed(act, arrive) {
  const from = performance.now();
  await act();
  await arrive();
  return performance.now() - from;
}
