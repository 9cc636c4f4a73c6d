/** Proves, row by row, the decision table of `POST /workflow`, and what `GET /workflow/{name}` shows of it. */
import { getIdempotent } from '../../src/idempotency/get-idempotent';
import { startIdempotent } from '../../src/idempotency/start-idempotent';
import { NAMES_TABLE, StartWorld } from '../support/start-world';
import { arnOf } from '../support/step-functions';
import { useWorld } from '../support/use-world';

let world: StartWorld;
let requests = 0;

useWorld(StartWorld, (fresh) => {
  world = fresh;
});

const post = (body: unknown) =>
  world.call(startIdempotent(world), { method: 'POST', path: '/workflow', body, requestId: `request-${++requests}` });
const postWithKey = (key: string, body: unknown) =>
  world.call(startIdempotent(world), {
    method: 'POST',
    path: '/workflow',
    body,
    headers: { 'idempotency-key': key },
    requestId: `request-${++requests}`,
  });
const get = (name: string) => world.call(getIdempotent(world), { path: `/workflow/${name}`, pathParameters: { name } });
const record = (name: string) => world.dynamo.item(NAMES_TABLE, { name });

const NEW = 'New execution';
const REPEATED = 'Detected repeated execution';

describe('POST /workflow', () => {
  it('no record, no execution: starts, 201', async () => {
    expect(await post({ name: 'first', input: { b: 1, a: 2 } })).toMatchObject({
      status: 201,
      body: {
        message: NEW,
        name: 'first',
        executionArn: arnOf('first'),
        startDate: '2027-01-15T08:00:00.000Z',
        status: 'RUNNING',
      },
    });
    expect(world.sfn.executions.get(arnOf('first'))?.input).toBe('{"a":2,"b":1}');
    expect(await record('first')).toMatchObject({
      executionArn: arnOf('first'),
      expiresAt: 1_800_000_000 + 120 * 86_400,
    });
  });

  it('equal input, running: 200', async () => {
    await post({ name: 'running', input: { a: 1, b: { c: 2, d: 3 } } });

    expect(await post({ name: 'running', input: { b: { d: 3, c: 2 }, a: 1 } })).toMatchObject({
      status: 200,
      body: { message: REPEATED, name: 'running', executionArn: arnOf('running'), status: 'RUNNING' },
    });
  });

  it('equal input, over: 200 with the output', async () => {
    await post({ name: 'over', input: [1] });
    world.sfn.end('over', { status: 'SUCCEEDED', output: '[1]' });

    expect(await post({ name: 'over', input: [1] })).toMatchObject({
      status: 200,
      body: { message: REPEATED, status: 'SUCCEEDED', output: [1], stopDate: '2027-01-15T08:00:05.000Z' },
    });
  });

  it('other input: 409, and nothing changes', async () => {
    await post({ name: 'other', input: 1 });
    const before = await record('other');

    expect(await post({ name: 'other', input: '1' })).toMatchObject({
      status: 409,
      body: { code: 'name-already-used', errors: [{ field: 'name' }] },
    });
    expect(await record('other')).toEqual(before);
  });

  it('50 simultaneous equal starts, keys in different orders: one 201, 49 200, one execution', async () => {
    const inputs = [
      { a: 1, b: 2, c: [3] },
      { c: [3], b: 2, a: 1 },
    ];

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => post({ name: 'race', input: inputs[n % 2] })),
    );

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(49);
    expect(new Set(answers.map(({ body }) => body.executionArn))).toEqual(new Set([arnOf('race')]));
    expect(world.sfn.executions.size).toBe(1);
  });

  it('simultaneous starts with different input: one 201, the others 409', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => post({ name: 'clash', input: n })));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
  });

  it('reserved by one who crashed before the start: the next one starts, 201, and the one after is told 200', async () => {
    world.sfn.faults.fail('StartExecution', 'lose-request', 3);
    expect((await post({ name: 'crashed', input: {} })).status).toBe(503);

    expect(await post({ name: 'crashed', input: {} })).toMatchObject({ status: 201, body: { message: NEW } });
    expect(await post({ name: 'crashed', input: {} })).toMatchObject({ status: 200, body: { message: REPEATED } });
    expect(world.sfn.executions.size).toBe(1);
  });

  it('started by one who crashed before writing it down: the next one is told 201', async () => {
    world.dynamo.faults.fail('UpdateItem', 'lose-request', 3);
    expect((await post({ name: 'unwritten', input: {} })).status).toBe(503);

    expect((await post({ name: 'unwritten', input: {} })).status).toBe(201);
    expect((await post({ name: 'unwritten', input: {} })).status).toBe(200);
  });

  it.each([
    ['StartExecution', 'sfn'],
    ['PutItem', 'dynamo'],
    ['UpdateItem', 'dynamo'],
  ] as const)(
    'is told 201 although the answer to its own %s is lost and the SDK repeats it',
    async (action, service) => {
      (service === 'sfn' ? world.sfn : world.dynamo).faults.fail(action, 'lose-answer');

      expect((await post({ name: `lost-${action}`, input: {} })).status).toBe(201);
      expect((await post({ name: `lost-${action}`, input: {} })).status).toBe(200);
    },
  );

  it('is told 201 although its execution was over before its own repeated start was answered', async () => {
    world.sfn.instant = true;
    world.sfn.faults.fail('StartExecution', 'lose-answer');

    expect((await post({ name: 'instant', input: {} })).status).toBe(201);
    expect(await post({ name: 'instant', input: {} })).toMatchObject({ status: 200, body: { status: 'SUCCEEDED' } });
  });

  it('started past this API with equal input: 200', async () => {
    world.sfn.nowSeconds -= 60;
    world.sfn.run('direct', { a: 1 });

    expect(await post({ name: 'direct', input: { a: 1 } })).toMatchObject({
      status: 200,
      body: { message: REPEATED, startDate: '2027-01-15T07:59:00.000Z' },
    });
  });

  it('started past this API with other input: 409, also the next time, and the record tells the truth', async () => {
    world.sfn.run('foreign', { a: 2 });

    expect((await post({ name: 'foreign', input: { a: 1 } })).status).toBe(409);
    expect((await post({ name: 'foreign', input: { a: 1 } })).status).toBe(409);
    expect(await post({ name: 'foreign', input: { a: 2 } })).toMatchObject({
      status: 200,
      body: { message: REPEATED },
    });
  });

  it('record expired, execution forgotten: starts anew, with other input as well', async () => {
    await post({ name: 'expired', input: 1 });
    world.sfn.executions.clear();
    world.clock.advanceSeconds(120 * 86_400);
    world.sfn.nowSeconds += 120 * 86_400;

    expect(await post({ name: 'expired', input: 2 })).toMatchObject({ status: 201 });
  });

  it('takes any JSON value, and tells values apart that only look alike', async () => {
    for (const [index, input] of [null, true, 0, '', [], {}, { a: null }].entries()) {
      expect((await post({ name: `value-${index}`, input })).status).toBe(201);
      expect((await post({ name: `value-${index}`, input: [input] })).status).toBe(409);
    }
    expect((await post({ name: 'value-5' })).status).toBe(200);
  });

  it.each([
    [{}, 'name'],
    [{ name: 'n'.repeat(81) }, 'name'],
    [{ name: 'a/b' }, 'name'],
    [{ name: 5 }, 'name'],
    [{ name: 'ok', input: { delaySeconds: 61 } }, 'input.delaySeconds'],
    [{ name: 'ok', input: { delaySeconds: -1 } }, 'input.delaySeconds'],
    [{ name: 'ok', input: { delaySeconds: '5' } }, 'input.delaySeconds'],
    [{ name: 'ok', input: { delaySeconds: null } }, 'input.delaySeconds'],
    [{ name: 'ok', more: 1 }, 'more'],
  ])('refuses %j with 422 that names %s, and starts nothing', async (body, field) => {
    expect(await post(body)).toMatchObject({ status: 422, body: { code: 'invalid-body', errors: [{ field }] } });
    expect(world.sfn.executions.size).toBe(0);
  });
});

describe('GET /workflow/{name}', () => {
  it('shows the execution, and its output when it has one', async () => {
    await post({ name: 'shown', input: 1 });
    expect(await get('shown')).toMatchObject({ status: 200, body: { name: 'shown', status: 'RUNNING' } });
    world.sfn.end('shown', { status: 'SUCCEEDED', output: '1' });

    expect((await get('shown')).body).toEqual({
      name: 'shown',
      executionArn: arnOf('shown'),
      startDate: '2027-01-15T08:00:00.000Z',
      stopDate: '2027-01-15T08:00:05.000Z',
      status: 'SUCCEEDED',
      output: 1,
    });
  });

  it('knows one that Step Functions does not show yet', async () => {
    await post({ name: 'early', input: 1 });
    world.sfn.executions.clear();

    expect(await get('early')).toMatchObject({
      status: 200,
      body: { status: 'RUNNING', executionArn: arnOf('early') },
    });
  });

  it('answers 404 for a name that was never started, or only reserved', async () => {
    await world.names.reserve('reserved', 'hash', 86_400);

    for (const name of ['never', 'reserved', 'n'.repeat(81)]) {
      expect(await get(name)).toMatchObject({ status: 404, body: { code: 'workflow-not-found' } });
    }
  });
});

describe('POST /workflow with an Idempotency-Key', () => {
  it('gives the same key and payload the same answer, whatever the order of keys, running and over', async () => {
    const first = await postWithKey('"k1"', { name: 'keyed', input: { a: 1, b: 2 } });
    const running = await postWithKey('"k1"', { input: { b: 2, a: 1 }, name: 'keyed' });
    world.sfn.end('keyed', { status: 'SUCCEEDED', output: '{}' });
    const over = await postWithKey('k1', { name: 'keyed', input: { a: 1, b: 2 } });

    expect(first).toMatchObject({ status: 201, body: { message: NEW } });
    for (const again of [running, over]) {
      expect(again).toMatchObject({ status: 201, body: first.body, headers: { 'Idempotent-Replayed': 'true' } });
    }
  });

  it('answers the same key with other input or another name 422, and starts nothing', async () => {
    await postWithKey('"k2"', { name: 'tied', input: 1 });

    for (const body of [
      { name: 'tied', input: 2 },
      { name: 'untied', input: 1 },
    ]) {
      expect(await postWithKey('"k2"', body)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    }
    expect(world.sfn.executions.size).toBe(1);
  });

  it('tells one of two keys that the execution is new, and everybody without a key that it is not', async () => {
    const body = { name: 'shared', input: {} };

    const statuses = [
      (await postWithKey('"k3"', body)).status,
      (await postWithKey('"k4"', body)).status,
      (await post(body)).status,
      (await postWithKey('"k3"', body)).status,
    ];

    expect(statuses).toEqual([201, 200, 200, 201]);
  });

  it('tells all simultaneous requests with one key the same', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => postWithKey('"k5"', { name: 'at-once', input: {} })),
    );

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(world.sfn.executions.size).toBe(1);
  });

  it('refuses a key that is none with 400, and claims nothing', async () => {
    expect(await postWithKey('""', { name: 'unclaimed', input: {} })).toMatchObject({
      status: 400,
      body: { code: 'invalid-idempotency-key', errors: [{ field: 'Idempotency-Key' }] },
    });
    expect(await record('unclaimed')).toBeUndefined();
  });
});
