/**
 * Proves, for every route of the published document and for generated input, that no request ends in a 5xx or hangs,
 * that every answer is one that the document describes, that no refusal repeats what was sent, and that what was refused
 * has changed nothing.
 *
 * `E2E_FUZZ_RUNS` requests per route (100 if not set), from `E2E_FUZZ_SEED`; a failure prints the seed and the smallest request found.
 */
import * as fc from 'fast-check';
import { PublishedApi, type PublishedOperation } from '../../src/published-api';
import { AbusedRuntime, type WaitingTask } from './abused-runtime';
import { canary, contentType, idempotencyKey, mutated, notJson, pathId, valid } from './arbitraries';
import type { RawAnswer, RawRequest } from './raw-client';

const runs = Number(process.env.E2E_FUZZ_RUNS ?? 100);
const seed = Number(process.env.E2E_FUZZ_SEED ?? 20_261_123);
/** Asked for an unknown composite, the API looks for half a second whether it was started a moment ago. */
const slowPath = '/compositeWorkflows/{compositeWorkflowId}';
const perRouteMs = Math.max(60_000, runs * 200);

const api = PublishedApi.load();
const accepted = new Set<string>();
let runtime: AbusedRuntime;
let waiting: WaitingTask;

beforeAll(async () => {
  runtime = await AbusedRuntime.start();
  waiting = await runtime.startWaitingTask();
  accepted.add(waiting.id);
}, 120_000);

afterAll(() => runtime.close(), 60_000);

/** Requests to one route: bodies that are right, nearly right and no bodies at all, with headers of all sorts. */
function requests(operation: PublishedOperation): fc.Arbitrary<RawRequest> {
  const body =
    operation.body === undefined
      ? fc.constant(undefined)
      : fc.oneof(
          valid(operation.body.schema).map((it) => JSON.stringify(it)),
          mutated(operation.body.schema).map((it) => JSON.stringify(it)),
          notJson,
        );
  // The waiting task is asked for as often as ids that there are not.
  const id = fc.oneof(pathId, fc.constant('waiting'));
  const key = operation.takesIdempotencyKey ? fc.option(idempotencyKey, { nil: undefined }) : fc.constant(undefined);
  return fc.record({ body, id, key, type: contentType }).map(({ body: sent, id: segment, key: value, type }) => ({
    method: operation.method,
    path: operation.path.slice(1).replace(/\{\w+\}/, segment === 'waiting' ? waitingId() : segment),
    headers: {
      ...(sent === undefined ? {} : { 'content-type': type }),
      ...(value === undefined ? {} : { 'idempotency-key': value }),
    },
    ...(sent === undefined ? {} : { body: sent }),
  }));
}

const waitingId = (): string => waiting.id;

function check(operation: PublishedOperation, answer: RawAnswer): void {
  expect(answer.status).toBeLessThan(500);
  expect(api.undescribed(operation, answer)).toBeUndefined();
  if (answer.status >= 400) {
    expect(answer.text).not.toContain(canary);
  }
  for (const token of [waiting.resumeToken, waiting.taskToken]) {
    expect(answer.text).not.toContain(token);
  }
}

/** Notes what an accepted start has started. */
function note(operation: PublishedOperation, { status, text }: RawAnswer): void {
  if (operation.method !== 'POST' || status >= 300 || status === 204 || operation.api === 'mock') {
    return;
  }
  const { id, taskId, name } = JSON.parse(text) as { id?: string; taskId?: string; name?: string };
  accepted.add(id ?? taskId ?? name ?? '');
}

describe.each(api.operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
  '%s',
  (_, operation) => {
    it(
      'answers everything as the document says, and repeats nothing of it',
      async () => {
        await fc.assert(
          fc.asyncProperty(requests(operation), async (request) => {
            const answer = await runtime.client(operation.api).send(request);
            note(operation, answer);
            check(operation, answer);
          }),
          { numRuns: operation.path === slowPath ? Math.ceil(runs / 5) : runs, seed },
        );
      },
      perRouteMs,
    );

    it('takes the examples of the document', async () => {
      for (const example of operation.body?.examples ?? [undefined]) {
        const answer = await runtime.client(operation.api).send({
          method: operation.method,
          path: operation.path.slice(1).replace(/\{\w+\}/, waiting.id),
          headers: { 'content-type': 'application/json' },
          ...(example === undefined ? {} : { body: JSON.stringify(example) }),
        });
        note(operation, answer);
        check(operation, answer);
        // Of another deployment: a task that is not this one, a token that is not its own, a URL that is not allowed.
        const foreign = operation.api === 'mock' || operation.path.startsWith('/tasks/') ? [403, 422] : [];
        expect([...foreign, 200, 201, 202, 404]).toContain(answer.status);
      }
    });
  },
);

describe('after all that', () => {
  it('only what was answered 2xx has been started', async () => {
    const { target } = runtime;
    const machines = [
      target.workflowStateMachineArn,
      target.compositeStateMachineArn,
      target.idempotentStateMachineArn,
    ];
    const started = (await Promise.all(machines.map((arn) => runtime.executionNames(arn)))).flat();
    const recorded = [...(await runtime.records()).keys()];
    // A composite's own children carry the beginning of its name.
    const ofComposite = (name: string) =>
      [...accepted].some((id) => id.length > 30 && name.startsWith(id.slice(0, 30)));
    const unexpected = [...started, ...recorded].filter((name) => !accepted.has(name) && !ofComposite(name));

    expect(unexpected).toEqual([]);
    expect(accepted.size).toBeGreaterThan(3);
  });

  it('the task that everybody tried to complete still waits, and takes its own token', async () => {
    expect(await runtime.workflows.task(waiting.id)).toMatchObject({ status: 'PENDING', attempt: 1 });

    const answer = await runtime.workflows.callBack(waiting.id, {
      resumeToken: waiting.resumeToken,
      status: 'succeeded',
    });

    expect(answer.status).toBe(200);
    expect(await runtime.workflows.endedWorkflow(waiting.id)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('the defaults are what they were: no input has reached a prototype', async () => {
    const { body } = await runtime.workflows.api.post('compositeWorkflows', {});
    const { id } = body as { id: string };
    const arn = `${runtime.target.compositeStateMachineArn.replace(':stateMachine:', ':execution:')}:${id}`;

    expect(JSON.parse((await runtime.executions.describe(arn)).input ?? '')).toEqual({ names: ['corge', 'grault'] });
    expect(await runtime.workflows.endedWorkflow(id, 30_000, 'compositeWorkflows')).toMatchObject({
      status: 'SUCCEEDED',
    });
  });
});
