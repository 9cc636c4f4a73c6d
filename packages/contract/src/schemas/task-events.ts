import * as v from 'valibot';
import { MAX_TIMEOUT_SECONDS } from '../limits';

const count = (minimum: number) => v.pipe(v.number(), v.integer(), v.minValue(minimum));
const taskId = v.pipe(v.string(), v.minLength(1), v.maxLength(80));
const arn = v.pipe(v.string(), v.startsWith('arn:'));

/** What the workflow sends to `call-external`. */
export const CallExternalEvent = v.object({
  taskToken: v.pipe(v.string(), v.minLength(1)),
  taskId,
  executionArn: arn,
  input: v.optional(v.unknown(), {}),
  timeoutSeconds: v.pipe(count(1), v.maxValue(MAX_TIMEOUT_SECONDS)),
  attempt: count(1),
  redriveCount: v.optional(v.nullable(count(0), 0), 0),
  startedAt: v.optional(v.string()),
});
export type CallExternalEvent = v.InferOutput<typeof CallExternalEvent>;

/** What the workflow's error path sends to `settle-task`: the error as `Catch` got it. */
export const SettleTaskEvent = v.object({
  taskId,
  executionArn: arn,
  redriveCount: v.optional(v.nullable(count(0), 0), 0),
  error: v.optional(v.nullable(v.string(), null), null),
  cause: v.optional(v.nullable(v.string(), null), null),
});
export type SettleTaskEvent = v.InferOutput<typeof SettleTaskEvent>;

/**
 * The parts of "Step Functions Execution Status Change" that `close-task` reads.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export const ExecutionStatusEvent = v.object({
  detail: v.object({
    executionArn: arn,
    name: taskId,
    status: v.string(),
    redriveCount: v.optional(v.nullable(count(0), 0), 0),
    error: v.optional(v.nullable(v.string(), null), null),
    cause: v.optional(v.nullable(v.string(), null), null),
  }),
});
export type ExecutionStatusEvent = v.InferOutput<typeof ExecutionStatusEvent>;
