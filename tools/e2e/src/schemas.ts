/**
 * The bodies of the API contract. Objects are strict: a property that the contract does not name, a token above all,
 * fails the test that reads it.
 */
import * as v from 'valibot';

const instant = v.pipe(v.string(), v.isoTimestamp());
const json = v.unknown();

const executionStatuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;
const taskStatuses = ['PENDING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;

/** 202 of `POST /workflows` and `POST /compositeWorkflows`. */
export const startedWorkflow = v.strictObject({
  id: v.string(),
  url: v.pipe(v.string(), v.url()),
  status: v.picklist(executionStatuses),
});

/** 202 of `POST /tasks`. */
export const startedTask = v.strictObject({
  taskId: v.string(),
  url: v.pipe(v.string(), v.url()),
  status: v.picklist(taskStatuses),
});

/** 200 of `GET /workflows/{workflowId}` and `GET /compositeWorkflows/{compositeWorkflowId}`. */
export const workflow = v.strictObject({
  id: v.string(),
  status: v.picklist(executionStatuses),
  startDate: instant,
  stopDate: v.optional(instant),
  externalServiceOutput: v.array(json),
  error: v.optional(v.string()),
  cause: v.optional(v.string()),
});

/** 200 of `GET /tasks/{taskId}`. */
export const task = v.strictObject({
  taskId: v.string(),
  status: v.picklist(taskStatuses),
  attempt: v.number(),
  createdAt: instant,
  updatedAt: instant,
  output: v.optional(json),
  error: v.optional(v.string()),
  cause: v.optional(v.string()),
});

/** 200 and 201 of `POST /workflow`; 200 of `GET /workflow/{name}` has no `message`. */
export const namedWorkflow = v.strictObject({
  message: v.optional(v.picklist(['New execution', 'Detected repeated execution'])),
  name: v.string(),
  executionArn: v.string(),
  startDate: instant,
  stopDate: v.optional(instant),
  status: v.picklist(executionStatuses),
  output: v.optional(json),
  error: v.optional(v.string()),
  cause: v.optional(v.string()),
});

/** Any 4xx. @see https://www.rfc-editor.org/rfc/rfc9457 */
export const problem = v.strictObject({
  type: v.pipe(v.string(), v.startsWith('urn:problem-type:workflows:')),
  title: v.pipe(v.string(), v.nonEmpty()),
  status: v.number(),
  code: v.pipe(v.string(), v.nonEmpty()),
  detail: v.pipe(v.string(), v.nonEmpty()),
  errors: v.optional(
    v.array(v.strictObject({ pointer: v.pipe(v.string(), v.startsWith('#')), field: v.string(), detail: v.string() })),
  ),
});

export type Problem = v.InferOutput<typeof problem>;
