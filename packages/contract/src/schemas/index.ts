export {
  NamedWorkflow,
  NamedWorkflowStarted,
  Task,
  TaskCompleted,
  TaskStarted,
  TaskStatus,
  Workflow,
  WorkflowStarted,
} from './answers';
export { CallbackBody, HeartbeatBody } from './callback-body';
export { CompositeBody } from './composite-body';
export { IdempotentBody } from './idempotent-body';
export * from './payloads';
export { StartBody } from './start-body';
export { CallExternalEvent, ExecutionStatusEvent, SettleTaskEvent } from './task-events';
