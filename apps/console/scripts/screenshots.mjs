/**
 * Makes the README's pictures from a real run: starts the runtime with its console, runs what the pictures show, and
 * writes `docs/images/console-*.png`. Fails when a view does not show what it should.
 *
 *   pnpm --filter @workflows/console screenshots
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { chromiumPath, FLAGS } from './chromium.cjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const IMAGES = join(ROOT, 'docs', 'images');
const directory = mkdtempSync(join(tmpdir(), 'screenshots-'));
const runtime = spawn(
  process.execPath,
  [join(ROOT, 'apps', 'local', 'dist', 'main.js'), '--no-demo', '--json', '--port', '0', '--directory', directory],
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
);

try {
  const { console: consoleUrl, outputs } = await ready(runtime);
  const ids = await runPatterns(outputs);
  mkdirSync(IMAGES, { recursive: true });
  await takePictures(consoleUrl, ids);
} finally {
  runtime.kill();
  await once(runtime, 'exit');
  rmSync(directory, { recursive: true, force: true });
}

/** The addresses that `pnpm start --json` prints. */
function ready(child) {
  const known = {};
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the runtime ended before it was ready')));
    createInterface(child.stdout).on('line', (text) => {
      const line = JSON.parse(text);
      if (line.type === 'console') {
        known.console = line.url;
      }
      if (line.type === 'ready') {
        known.outputs = line.outputs;
      }
      if (known.console && known.outputs) {
        resolve(known);
      }
    });
  });
}

async function runPatterns({ WorkflowsStack, WorkflowIdempotentStack }) {
  const api = WorkflowsStack.WorkflowApiEndpoint;
  const post = async (url, body) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`${response.status} ${await response.text()}`);
    }
    return response.json();
  };
  const task = (input, more = {}) => post(`${api}tasks`, { input, ...more });
  for (const order of [1, 2, 3]) {
    await task({ order });
  }
  await post(`${WorkflowIdempotentStack.WorkflowIdempotentApiEndpoint}workflow`, {
    name: 'order-4',
    input: { order: 4 },
  });
  await task({ order: 5, mock: { outcome: 'reject' } });
  await task({ order: 6, mock: { outcome: 'flaky' } });
  const failed = await task({ order: 7, mock: { outcome: 'fail' } });
  const composite = await post(`${api}compositeWorkflows`, { names: ['corge', 'grault', 'garply', 'waldo'] });
  const silent = await task({ order: 8, mock: { outcome: 'silent' } }, { timeoutSeconds: 900, heartbeatSeconds: 120 });
  return { failed: failed.taskId, composite: composite.id, silent: silent.taskId };
}

async function takePictures(consoleUrl, { failed, composite, silent }) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
  const take = async (name, path, shows, { colorScheme = 'light', width = 1200, height = 800 } = {}) => {
    const context = await browser.newContext({ colorScheme, viewport: { width, height }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${consoleUrl}${path}`);
    await page.getByText(shows).first().waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(IMAGES, `console-${name}.png`) });
    await context.close();
  };
  // The composite's page first: when it has succeeded, everything before it has ended too.
  await take('composite', `executions/dev-WorkflowComposite/${composite}`, '4 of 4 iterations succeeded');
  await take('executions', '', 'Waiting');
  await take('failed', `executions/dev-Workflow/${failed}`, /Failed in/, { colorScheme: 'dark' });
  await take('waiting', `executions/dev-Workflow/${silent}`, /Waiting in/);
  await take('phone', `executions/dev-Workflow/${silent}`, /Waiting in/, { width: 360, height: 740 });
  await browser.close();
}
