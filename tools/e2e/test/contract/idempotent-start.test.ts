/**
 * Proves the decision table of the idempotent start: same name and equal input, same name and other input, while the
 * execution runs and after it has ended, one after the other and all at once.
 */
import * as schemas from '../../src/schemas';
import { executionArn } from '../../src/step-functions';
import { waitUntil } from '../../src/wait';
import { expectStatus } from '../../src/workflow-api';
import { atOnce, idempotentApi, target, uniqueName } from '../support/context';
import { expectBody, expectProblem } from '../support/expectations';
import { it } from '../support/it';

const start = (name: string, input?: unknown) => idempotentApi.post('workflow', { name, input });
const read = async (name: string) =>
  expectBody(await idempotentApi.get(`workflow/${name}`), 200, schemas.namedWorkflow);

const finished = (name: string) =>
  waitUntil(
    () => read(name),
    ({ status }) => status !== 'RUNNING',
    { what: `the end of ${name}` },
  );

describe('POST /workflow', () => {
  it('answers the first start of a name with 201 and the execution', async () => {
    const name = uniqueName('first');

    const { startDate, ...rest } = expectBody(await start(name, { a: 1 }), 201, schemas.namedWorkflow);

    expect(Math.abs(Date.now() - Date.parse(startDate))).toBeLessThan(60_000);
    expect(rest).toEqual({
      message: 'New execution',
      name,
      executionArn: executionArn(target.idempotentStateMachineArn, name),
      status: 'RUNNING',
    });
  });

  it('answers the same name and equal input with 200 while the execution runs, whatever the order of keys', async () => {
    const name = uniqueName('running');
    const first = expectBody(
      await start(name, { delaySeconds: 30, b: { c: 1, d: [1, 2] } }),
      201,
      schemas.namedWorkflow,
    );

    const again = expectBody(
      await start(name, { b: { d: [1, 2], c: 1 }, delaySeconds: 30 }),
      200,
      schemas.namedWorkflow,
    );

    expect(again).toEqual({ ...first, message: 'Detected repeated execution', status: 'RUNNING' });
  });

  it('answers the same name and equal input with 200 and the output when the execution has ended', async () => {
    const name = uniqueName('ended');
    const first = expectBody(await start(name, { a: [1, { b: null }] }), 201, schemas.namedWorkflow);
    await finished(name);

    const again = expectBody(await start(name, { a: [1, { b: null }] }), 200, schemas.namedWorkflow);

    expect(again).toMatchObject({
      message: 'Detected repeated execution',
      executionArn: first.executionArn,
      startDate: first.startDate,
      status: 'SUCCEEDED',
      output: { a: [1, { b: null }] },
    });
  });

  it('answers the same name and other input with 409 while the execution runs, and leaves it alone', async () => {
    const name = uniqueName('other-running');
    const first = expectBody(await start(name, { delaySeconds: 30 }), 201, schemas.namedWorkflow);

    expectProblem(await start(name, { delaySeconds: 31 }), { status: 409, code: 'name-already-used' });

    expect(await read(name)).toMatchObject({ executionArn: first.executionArn, status: 'RUNNING' });
  });

  it('answers the same name and other input with 409 when the execution has ended', async () => {
    const name = uniqueName('other-ended');
    await start(name, { a: 1 });
    await finished(name);

    expectProblem(await start(name, { a: 2 }), { status: 409, code: 'name-already-used' });

    expect(await read(name)).toMatchObject({ status: 'SUCCEEDED', output: { a: 1 } });
  });

  it('starts another execution for another name with the same input', async () => {
    const [one, other] = await Promise.all([start(uniqueName('one'), { a: 1 }), start(uniqueName('other'), { a: 1 })]);

    expect([one.status, other.status]).toEqual([201, 201]);
  });

  it(`tells exactly one of ${atOnce.equalStarts} simultaneous equal starts that it is new`, async () => {
    const name = uniqueName('race');
    const entries = Object.entries({ a: 1, b: 'two', c: [3], d: { e: null } });
    const inputs = Array.from({ length: atOnce.equalStarts }, (_, n) =>
      Object.fromEntries([...entries.slice(n % entries.length), ...entries.slice(0, n % entries.length)]),
    );

    const answers = await Promise.all(inputs.map((input) => start(name, input)));

    const bodies = answers.map((answer) => expectBody(answer, answer.status, schemas.namedWorkflow));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(atOnce.equalStarts - 1);
    expect(bodies.filter(({ message }) => message === 'New execution')).toHaveLength(1);
    expect(new Set(bodies.map((body) => body.executionArn)).size).toBe(1);
    expect(new Set(bodies.map(({ startDate }) => startDate)).size).toBe(1);
  }, 60_000);

  it('lets exactly one of many simultaneous starts with different input win', async () => {
    const name = uniqueName('clash');

    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => start(name, { n })));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    const winner = answers.findIndex(({ status }) => status === 201);
    expect((await finished(name)).output).toEqual({ n: winner });
  });

  it('passes any JSON value through', async () => {
    for (const input of [null, true, 12.5, 'text', ['a', 'b'], { nested: { deep: [{}] } }, '', 0, []]) {
      const name = uniqueName('value');
      expectStatus(await start(name, input), 201);
      expect((await finished(name)).output).toEqual(input);
    }
  });

  it('takes a start without input as one with an empty object', async () => {
    const name = uniqueName('empty');
    expectStatus(await start(name), 201);

    expect((await start(name, {})).status).toBe(200);
  });

  it('tells 1 from "1", [] from {}, and null from absent', async () => {
    for (const [input, other] of [
      [{ a: 1 }, { a: '1' }],
      [{ a: [] }, { a: {} }],
      [{ a: null }, {}],
      [
        [1, 2],
        [2, 1],
      ],
    ]) {
      const name = uniqueName('differs');
      expectStatus(await start(name, input), 201);
      expectProblem(await start(name, other), { status: 409, code: 'name-already-used' });
    }
  });

  it('accepts a name of 80 characters', async () => {
    const name = uniqueName('long').padEnd(80, 'x');

    expect((await start(name)).status).toBe(201);
  });
});

describe('GET /workflow/{name}', () => {
  it('shows the execution of a name', async () => {
    const name = uniqueName('shown');
    const { message, ...started } = expectBody(await start(name, { x: 1 }), 201, schemas.namedWorkflow);

    expect(await finished(name)).toMatchObject({ ...started, status: 'SUCCEEDED', output: { x: 1 } });
    expect(message).toBe('New execution');
  });

  it('answers 404 for a name that was not started', async () => {
    expectProblem(await idempotentApi.get(`workflow/${uniqueName('nobody')}`), {
      status: 404,
      code: 'workflow-not-found',
    });
  });
});
