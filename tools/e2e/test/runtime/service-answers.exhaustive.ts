/**
 * Proves what becomes of a workflow for each way in which an external service can answer: at once or late, before or
 * after its own callback, with a refusal or a fault.
 */
import { it } from '../support/it';
import { type PlayedService, playService } from '../support/played-service';
import type { ReceivedTask } from '../support/programmable-service';

async function callBack({ id, resumeToken, callbackUrl }: ReceivedTask, data: unknown): Promise<number> {
  const { status } = await fetch(callbackUrl, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, resumeToken, status: 'succeeded', data }),
  });
  return status;
}

const refusals = [400, 401, 403, 404, 409, 410, 422];
const faults = [408, 425, 429, 500, 502, 503, 504];

/** Status of each callback that was sent from within a request. */
const callbackStatuses = new Map<string, number>();

let played: PlayedService;

beforeAll(async () => {
  played = await playService({
    overtake: async (task) => {
      callbackStatuses.set(task.id, await callBack(task, 'overtaken'));
      return 202;
    },
    'call back, then break': async (task) => {
      if (task.attempt === 1) {
        callbackStatuses.set(task.id, await callBack(task, 'of the first attempt'));
      }
      return 500;
    },
    ...Object.fromEntries(refusals.map((status) => [`refuse ${status}`, () => status])),
    ...Object.fromEntries(
      faults.map((status) => [
        `fault ${status}`,
        (task: ReceivedTask) => {
          if (task.attempt === 1) {
            return status;
          }
          setImmediate(() => void callBack(task, `after ${status}`));
          return 202;
        },
      ]),
    ),
  });
}, 90_000);

afterAll(() => played?.stop(), 30_000);

async function outcomeOf(behaviour: string) {
  const id = await played.workflows.startTask({ input: { behaviour }, timeoutSeconds: 60 });
  const workflow = await played.workflows.endedWorkflow(id);
  return { id, workflow, task: await played.workflows.task(id), requests: played.service.about(id) };
}

describe('an external service', () => {
  it('may call back before it answers: the callback is served', async () => {
    const { id, workflow } = await outcomeOf('overtake');

    expect(callbackStatuses.get(id)).toBe(200);
    expect(workflow).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: 'overtaken' }],
    });
  });

  it('may call back and then fail: what was answered with 200 counts', async () => {
    const { id, workflow, task } = await outcomeOf('call back, then break');

    expect(callbackStatuses.get(id)).toBe(200);
    expect(workflow).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: 'of the first attempt' }],
    });
    expect(task.status).toBe('SUCCEEDED');
  });

  it('is asked once and not again when it refuses: the workflow ends with ExternalServiceRejected', async () => {
    const outcomes = await Promise.all(refusals.map((status) => outcomeOf(`refuse ${status}`)));

    expect(outcomes.map(({ workflow, requests }) => [workflow.status, workflow.error, requests.length])).toEqual(
      refusals.map(() => ['FAILED', 'ExternalServiceRejected', 1]),
    );
  });

  it('is asked again, with the same resume token and Idempotency-Key, when it has a fault', async () => {
    const outcomes = await Promise.all(faults.map((status) => outcomeOf(`fault ${status}`)));

    for (const { id, workflow, task, requests } of outcomes) {
      expect(workflow.status).toBe('SUCCEEDED');
      expect(task.attempt).toBe(2);
      expect(requests).toHaveLength(2);
      expect(new Set(requests.map(({ resumeToken }) => resumeToken)).size).toBe(1);
      expect(requests.map(({ idempotencyKey }) => idempotencyKey?.replaceAll('"', ''))).toEqual([id, id]);
    }
  });

  it('gets the input as payload, and a token that only this task has', async () => {
    const outcomes = await Promise.all([outcomeOf('overtake'), outcomeOf('overtake')]);

    const requests = outcomes.flatMap((outcome) => outcome.requests);
    expect(requests.map(({ payload }) => payload)).toEqual([{ behaviour: 'overtake' }, { behaviour: 'overtake' }]);
    expect(new Set(requests.map(({ resumeToken }) => resumeToken)).size).toBe(2);
  });
});
