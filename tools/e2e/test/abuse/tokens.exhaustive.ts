/** Proves that guessing tokens changes nothing and teaches nothing, however often it is tried. */
import { randomBytes, randomUUID } from 'node:crypto';
import { AbusedRuntime, type WaitingTask } from './abused-runtime';
import type { RawAnswer } from './raw-client';

const attempts = 10_000;
const inFlight = 32;

let runtime: AbusedRuntime;
let task: WaitingTask;

beforeAll(async () => {
  runtime = await AbusedRuntime.start();
  task = await runtime.startWaitingTask();
}, 120_000);

afterAll(() => runtime.close(), 60_000);

const put = (id: string, body: unknown): Promise<RawAnswer> =>
  runtime.client('workflows').send({
    method: 'PUT',
    path: `tasks/${id}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const beat = (id: string, body: unknown): Promise<RawAnswer> =>
  runtime.client('workflows').send({
    method: 'POST',
    path: `tasks/${id}/heartbeat`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Runs `work` for 0, 1, … with a bounded number at a time. */
async function many(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) {
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

/** Tokens that are nearly right, and others. */
function wrongToken(index: number, right: string): unknown {
  const at = index % right.length;
  const other = right[at] === 'A' ? 'B' : 'A';
  const near = [
    right.slice(0, at),
    `${right}${at}`,
    `${right.slice(0, at)}${other}${right.slice(at + 1)}`,
    right.toUpperCase(),
    right.toLowerCase(),
    ` ${right}`,
    `${right}\u0000`,
    `${right}=`,
    encodeURIComponent(right.replace(/./, '%')),
    [...right].reverse().join(''),
    task.taskToken,
    '',
  ];
  return index % 2 === 0 ? randomBytes(32).toString('base64url') : near[(index >> 1) % near.length];
}

it('10,000 wrong tokens are refused alike and leave the task as it was, and then the right one counts', async () => {
  const before = (await runtime.records()).get(task.id);
  const answers = new Map<string, number>();

  await many(attempts, async (index) => {
    const resumeToken = wrongToken(index, task.resumeToken);
    const answer =
      index % 5 === 4
        ? await beat(task.id, { resumeToken })
        : await put(task.id, { resumeToken, status: index % 3 === 0 ? 'failed' : 'succeeded' });
    const seen = `${answer.status} ${answer.contentType} ${answer.text}`;
    answers.set(seen, (answers.get(seen) ?? 0) + 1);
  });

  expect([...answers.values()]).toEqual([attempts]);
  expect([...answers.keys()][0]).toContain('403 application/problem+json');
  expect((await runtime.records()).get(task.id)).toEqual(before);
  expect((await put(task.id, { resumeToken: task.resumeToken, status: 'succeeded', data: 1 })).status).toBe(200);
  expect(await runtime.workflows.endedWorkflow(task.id)).toMatchObject({
    status: 'SUCCEEDED',
    externalServiceOutput: [{ status: 'succeeded', data: 1 }],
  });
}, 180_000);

it('tokens of the wrong type, and tokens elsewhere than in the body, are not the token', async () => {
  const waiting = await runtime.startWaitingTask();
  const { resumeToken } = waiting;
  const inBody: unknown[] = [
    null,
    1,
    true,
    [resumeToken],
    { $eq: resumeToken },
    { S: resumeToken },
    { toString: resumeToken },
  ];
  for (const token of inBody) {
    expect((await put(waiting.id, { resumeToken: token, status: 'succeeded' })).status).toBe(422);
  }

  for (const request of [
    { path: `tasks/${waiting.id}?resumeToken=${resumeToken}`, headers: {} },
    { path: `tasks/${waiting.id}`, headers: { authorization: `Bearer ${resumeToken}`, 'x-resume-token': resumeToken } },
    { path: `tasks/${waiting.id}`, headers: { cookie: `resumeToken=${resumeToken}` } },
  ]) {
    const answer = await runtime.client('workflows').send({
      method: 'PUT',
      path: request.path,
      headers: { ...request.headers, 'content-type': 'application/json' },
      body: '{"status":"succeeded"}',
    });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain(resumeToken);
  }
  expect(await runtime.workflows.task(waiting.id)).toMatchObject({ status: 'PENDING' });
});

it("one task's token opens no other task", async () => {
  const [one, other] = await Promise.all([runtime.startWaitingTask(), runtime.startWaitingTask()]);

  expect((await put(other.id, { resumeToken: one.resumeToken, status: 'succeeded' })).status).toBe(403);
  expect((await beat(other.id, { resumeToken: one.resumeToken })).status).toBe(403);
  expect(await runtime.workflows.task(other.id)).toMatchObject({ status: 'PENDING' });
});

it('unknown ids are all answered alike, and known ones differ from them by the status that the contract names', async () => {
  const waiting = await runtime.startWaitingTask();
  const ids = [
    randomUUID(),
    randomUUID(),
    'a',
    waiting.id.toUpperCase(),
    waiting.id.slice(0, -1),
    '%2e%2e',
    'x'.repeat(81),
  ];
  const body = { resumeToken: 'x', status: 'succeeded' };

  const unknown = new Set(
    (await Promise.all(ids.map((id) => put(id, body)))).map(({ status, text }) => `${status} ${text}`),
  );
  const known = await put(waiting.id, body);

  expect([...unknown]).toEqual([expect.stringContaining('404 ')]);
  expect(known.status).toBe(403);
  expect(known.text).not.toContain(waiting.id);
});
