/** Proves that an id nobody knows reaches no log: it may be a token that was put into the wrong place. */
import { httpHandler, type Route } from '../../src/http/handler';
import { completeTask } from '../../src/tasks/complete-task';
import { getTask } from '../../src/tasks/get-task';
import { heartbeatTask } from '../../src/tasks/heartbeat-task';
import { getCompositeWorkflow, getWorkflow } from '../../src/workflows/get-workflow';
import { httpEvent } from '../support/http-event';
import { MemoryLog } from '../support/memory-log';
import { MACHINE_ARN } from '../support/step-functions';
import { WorkflowWorld } from '../support/workflow-world';

const MISPLACED = 'hT9vQ2mX7cLr0YbKd5WnZ8sJf3GpA6eUi1oRtMyBxNk';

let world: WorkflowWorld;

beforeAll(async () => {
  world = await WorkflowWorld.start();
});
afterAll(() => world.stop());

const routes: [string, (world: WorkflowWorld) => Route, string, unknown][] = [
  ['GET /tasks/{taskId}', getTask, 'taskId', undefined],
  [
    'PUT /tasks/{taskId}',
    (it) => completeTask({ ...it, sfn: it.sfn.client }),
    'taskId',
    { resumeToken: 'x', status: 'succeeded' },
  ],
  [
    'POST /tasks/{taskId}/heartbeat',
    (it) => heartbeatTask({ ...it, sfn: it.sfn.client }),
    'taskId',
    { resumeToken: 'x' },
  ],
  [
    'GET /workflows/{workflowId}',
    (it) => getWorkflow({ ...it, stateMachineArn: MACHINE_ARN }),
    'workflowId',
    undefined,
  ],
  [
    'GET /compositeWorkflows/{compositeWorkflowId}',
    (it) => getCompositeWorkflow({ ...it, stateMachineArn: MACHINE_ARN }),
    'compositeWorkflowId',
    undefined,
  ],
];

it.each(routes)('%s', async (_, route, parameter, body) => {
  const log = new MemoryLog();
  const call = httpHandler(route(world), { log, clock: world.clock });

  const result = await call(httpEvent({ body, pathParameters: { [parameter]: MISPLACED } }));

  expect(result.statusCode).toBe(404);
  expect(log.lines).not.toHaveLength(0);
  expect(log.text).not.toContain(MISPLACED);
});
