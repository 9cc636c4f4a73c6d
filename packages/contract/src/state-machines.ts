/** Names of the state machines, without the deployment's prefix. */
export const STATE_MACHINES = {
  lambda: 'WorkflowLambda',
  idempotent: 'WorkflowIdempotent',
  workflow: 'Workflow',
  composite: 'WorkflowComposite',
} as const;

export type StateMachineName = (typeof STATE_MACHINES)[keyof typeof STATE_MACHINES];
