/**
 * Proves the pattern with a service outside of the deployment: the mock as its own Node app, `WORKFLOWS_EXTERNAL_SERVICE_URL`
 * pointing to it, and a silent task resumed by hand with the resume token that the service shows.
 */
import { ApiClient } from '../../src/api-client';
import { LocalRuntime } from '../../src/local-runtime';
import { MockService } from '../../src/mock-service';
import { waitUntil } from '../../src/wait';
import { mocked, WorkflowApi } from '../../src/workflow-api';
import { it } from '../support/it';

let service: MockService;
let runtime: LocalRuntime;
let workflows: WorkflowApi;

beforeAll(async () => {
  service = await MockService.start();
  runtime = LocalRuntime.launch({ env: { WORKFLOWS_EXTERNAL_SERVICE_URL: service.externalUrl } });
  await runtime.ready();
  workflows = new WorkflowApi(new ApiClient(runtime.outputs().workflowApiEndpoint));
}, 90_000);

afterAll(async () => {
  await service?.stop();
  await runtime?.stop();
}, 30_000);

const requestFor = (id: string) =>
  waitUntil(
    () => service.requestFor(id),
    (request) => request !== undefined,
    { what: `the external service to receive task ${id}` },
  );

describe('a service outside of the deployment', () => {
  it('takes the place of the mock, which is then not deployed', () => {
    expect(runtime.outputs().serviceApiEndpoint).toBeUndefined();
  });

  it('gets id, resume token and callback URL, and its callback resumes the workflow', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'succeed', data: 'from outside' }));

    expect(await workflows.endedWorkflow(id)).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: 'from outside' }],
    });
    expect((await requestFor(id))?.callbackUrl).toBe(`${runtime.outputs().workflowApiEndpoint}tasks/${id}`);
  });

  it('that stays silent: the task is resumed by hand with the token that GET /requests shows', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'silent' }));
    const request = await requestFor(id);

    const answer = await fetch(request?.callbackUrl ?? '', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, resumeToken: request?.resumeToken, status: 'succeeded', data: { by: 'hand' } }),
    });

    expect(answer.status).toBe(200);
    expect(await workflows.endedWorkflow(id)).toMatchObject({
      status: 'SUCCEEDED',
      externalServiceOutput: [{ status: 'succeeded', data: { by: 'hand' } }],
    });
  });

  it('keeps its resume token over retries: a flaky service sees one token', async () => {
    const id = await workflows.startTask(mocked({ outcome: 'flaky' }));
    const first = await requestFor(id);

    expect(await workflows.endedWorkflow(id)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await service.requestsFor(id)).map(({ resumeToken }) => resumeToken)).toEqual(
      (await service.requestsFor(id)).map(() => first?.resumeToken),
    );
    expect((await workflows.task(id)).attempt).toBeGreaterThan(1);
  });
});
