/** What an open page does when what is behind it ends and comes back. */
import { TestBrowser } from './chromium';
import { type Running, type Runtime, startConsole, startRuntime } from './processes';

let runtime: Runtime;
let served: Running;
let browser: TestBrowser;

const startNamed = (name: string) =>
  fetch(new URL('/', runtime.url), {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AWSStepFunctions.StartExecution' },
    body: JSON.stringify({
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:dev-WorkflowIdempotent',
      name,
      input: '{}',
    }),
  });

beforeAll(async () => {
  runtime = await startRuntime();
  served = await startConsole(runtime.root);
  browser = await TestBrowser.open();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.end();
  await runtime?.end();
});

it('a restart of the runtime under an open page is told, and the page shows the new one without a reload', async () => {
  await startNamed('before');
  const page = await browser.window(served.url);
  await page.getByRole('link', { name: 'before' }).waitFor();
  const { port, root } = runtime;
  await runtime.end('SIGKILL');
  await page.getByText('The runtime is unreachable.').waitFor();
  await page.getByText(/not connected/).waitFor();

  runtime = await startRuntime({ port, root });
  await page.getByText('The runtime is unreachable.').waitFor({ state: 'detached' });
  await page.getByText('No executions yet').waitFor();
  await startNamed('after');
  await page.getByRole('link', { name: 'after' }).waitFor();
  await page.close();
}, 120_000);

it('a restart of the console’s own server is told, and the page goes on where it was', async () => {
  const { port } = new URL(served.url);
  const page = await browser.window(`${served.url}?name=aft`);
  await page.getByRole('link', { name: 'after' }).waitFor();
  await served.end('SIGKILL');
  await page.getByText('Connection lost.').waitFor();
  served = await startConsole(runtime.root, ['--port', port]);
  await page.getByText('Connection lost.').waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name contains').inputValue()).toBe('aft');
  await startNamed('after-that');
  await page.getByRole('link', { name: 'after-that' }).waitFor();
  await page.close();
}, 120_000);
