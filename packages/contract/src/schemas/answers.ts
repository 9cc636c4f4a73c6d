import * as v from 'valibot';

const instant = v.pipe(v.string(), v.isoTimestamp());

/** How an execution stands. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
const executionStatus = v.picklist(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']);

/** How a task stands, as `GET /tasks/{taskId}` shows it. */
export const TaskStatus = v.picklist(['PENDING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);

export type TaskStatus = v.InferOutput<typeof TaskStatus>;

const url = v.pipe(v.string(), v.url());

/** 202 of `POST /workflows` and `POST /compositeWorkflows`. */
export const WorkflowStarted = v.strictObject({ id: v.string(), url, status: v.literal('RUNNING') });

/** 202 of `POST /tasks`. */
export const TaskStarted = v.strictObject({ taskId: v.string(), url, status: v.literal('PENDING') });

/** A workflow as its client sees it. */
export const Workflow = v.strictObject({
  id: v.string(),
  status: executionStatus,
  startDate: instant,
  stopDate: v.exactOptional(instant),
  externalServiceOutput: v.pipe(
    v.array(v.unknown()),
    v.description(
      '`{status, data}` of each callback. For a composite workflow: one such array per sub-workflow, in order',
    ),
  ),
  error: v.exactOptional(v.string()),
  cause: v.exactOptional(v.string()),
});

export type Workflow = v.InferOutput<typeof Workflow>;

/** What anybody may see of a task: never a token. */
export const Task = v.strictObject({
  taskId: v.string(),
  status: TaskStatus,
  attempt: v.pipe(v.number(), v.integer(), v.minValue(0)),
  createdAt: instant,
  updatedAt: instant,
  output: v.exactOptional(v.pipe(v.unknown(), v.description('`{status, data}` of the callback'))),
  error: v.exactOptional(v.string()),
  cause: v.exactOptional(v.string()),
});

export type Task = v.InferOutput<typeof Task>;

/** 200 of `PUT /tasks/{taskId}`: the same for the first callback and for each repetition. */
export const TaskCompleted = v.strictObject({ taskId: v.string(), status: v.picklist(['SUCCEEDED', 'FAILED']) });

const namedExecution = {
  name: v.string(),
  executionArn: v.string(),
  startDate: instant,
  status: executionStatus,
  stopDate: v.exactOptional(instant),
  output: v.exactOptional(v.unknown()),
};

/** 200 and 201 of `POST /workflow`. */
export const NamedWorkflowStarted = v.strictObject({
  message: v.picklist(['New execution', 'Detected repeated execution']),
  ...namedExecution,
});

/** 200 of `GET /workflow/{name}`. */
export const NamedWorkflow = v.strictObject({
  ...namedExecution,
  error: v.exactOptional(v.string()),
  cause: v.exactOptional(v.string()),
});
