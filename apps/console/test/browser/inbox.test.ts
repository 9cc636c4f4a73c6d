/** A person is the external service: requests arrive in the inbox, and buttons answer them. */
import { violationsOn } from './axe';
import { TestBrowser } from './chromium';
import { type Runtime, startRuntime } from './processes';

let runtime: Runtime;
let browser: TestBrowser;

beforeAll(async () => {
  runtime = await startRuntime({ manual: true });
  browser = await TestBrowser.open();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await runtime?.end();
});

/** What the Tasks table holds, read as the console's server reads it. */
async function tokensOf(taskId: string): Promise<{ taskToken: string; resumeToken: string }> {
  const response = await fetch(runtime.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20260301/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20260301T000000Z',
    },
    body: JSON.stringify({ TableName: runtime.tasksTable, Key: { taskId: { S: taskId } } }),
  });
  const { Item } = (await response.json()) as { Item: { taskToken: { S: string }; resumeToken: { S: string } } };
  return { taskToken: Item.taskToken.S, resumeToken: Item.resumeToken.S };
}

it('a request arrives, is answered, and is over; no token ever reaches the browser', async () => {
  const page = await browser.window(`${runtime.consoleUrl}inbox`);
  await page.getByText('No requests yet').waitFor();
  const start = await browser.window(`${runtime.consoleUrl}start?pattern=task`);
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
  await request.getByText('Content of the answer').click();
  await request.getByLabel('Data, for a success (JSON)').fill('{"shipped": true}');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page)).toEqual([]);
  }
  await request.getByRole('button', { name: 'Succeed', exact: true }).click();
  await page.getByRole('region', { name: 'Ended' }).getByText('Succeeded', { exact: true }).waitFor();
  await start.getByRole('heading', { name: /Succeeded after/ }).waitFor();
  await start.getByText('"shipped": true').filter({ visible: true }).first().waitFor();

  const id = decodeURIComponent(start.url().split('/').at(-1) ?? '');
  const { taskToken, resumeToken } = await tokensOf(id);
  const bodies = (await Promise.all(browser.bodies)).join('\n');
  expect(bodies).toContain('4711');
  expect(resumeToken.length).toBeGreaterThan(16);
  expect(bodies).not.toContain(resumeToken);
  expect(bodies).not.toContain(taskToken);
  expect(browser.complaints).toEqual([]);
}, 120_000);
