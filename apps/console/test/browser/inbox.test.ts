/** A person is the external service: requests arrive in the inbox, and buttons answer them. */
import { TestBrowser } from './chromium';
import { type Running, type Runtime, startConsole, startMock, startRuntime } from './processes';

let mock: Running;
let runtime: Runtime;
let served: Running;
let browser: TestBrowser;

beforeAll(async () => {
  mock = await startMock();
  runtime = await startRuntime({ env: { WORKFLOWS_EXTERNAL_SERVICE_URL: `${mock.url}/external` } });
  served = await startConsole(runtime.root, ['--external-service', mock.url]);
  browser = await TestBrowser.open();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.end();
  await runtime?.end();
  await mock?.end();
});

interface Received {
  readonly requests: readonly { readonly body: { readonly id: string; readonly resumeToken: string } }[];
}

it('a request arrives, is answered, and is over; no token ever reaches the browser', async () => {
  const page = await browser.window(`${served.url}inbox`);
  await page.getByText('No request has come yet').waitFor();
  const start = await browser.window(`${served.url}start?pattern=task&outcome=silent`);
  await start.getByLabel('Input (a JSON object)').fill('{"order": 4711}');
  await start.getByRole('button', { name: 'Start' }).click();
  await start.getByRole('heading', { name: /Waiting in/ }).waitFor();

  const request = page
    .getByRole('region', { name: 'Waiting for your answer' })
    .getByRole('listitem')
    .filter({ hasText: '4711' });
  await request.getByRole('button', { name: 'Heartbeat' }).click();
  await request
    .getByText(/heartbeat/)
    .first()
    .waitFor();
  await request.getByText('What the answer says').click();
  await request.getByLabel('Data of a success (JSON)').fill('{"shipped": true}');
  await request.getByRole('button', { name: 'Succeed', exact: true }).click();
  await page.getByRole('region', { name: 'Over' }).getByText('Succeeded').waitFor();
  await start.getByRole('heading', { name: /Succeeded after/ }).waitFor();
  await start.getByText('"shipped": true').filter({ visible: true }).first().waitFor();

  const { requests } = (await (await fetch(`${mock.url}/requests`)).json()) as Received;
  const tokens = requests.map(({ body }) => body.resumeToken);
  const bodies = (await Promise.all(browser.bodies)).join('\n');
  expect(bodies).toContain('4711');
  expect(tokens).not.toHaveLength(0);
  for (const token of tokens) expect(bodies).not.toContain(token);
  expect(browser.complaints).toEqual([]);
}, 120_000);
