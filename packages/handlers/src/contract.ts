/**
 * What the APIs promise, as data: the schemas that bodies are validated with, those of the answers, and every problem.
 * The published OpenAPI document is generated from it.
 */
export { MAX_BODY_BYTES, MAX_DATA_BYTES, NAME_PATTERN } from './constants';
export { PROBLEMS, type ProblemCode } from './http/problem';
export {
  NamedWorkflow,
  NamedWorkflowStarted,
  Task,
  TaskCompleted,
  TaskStarted,
  Workflow,
  WorkflowStarted,
} from './schemas/answers';
export { CallbackBody, HeartbeatBody } from './schemas/callback-body';
export { CompositeBody } from './schemas/composite-body';
export { IdempotentBody } from './schemas/idempotent-body';
export { StartBody } from './schemas/start-body';
