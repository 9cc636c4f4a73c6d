/** The stacks, in the order in which the documents present them. */
export const STACKS = ['WorkflowsLambdaStack', 'WorkflowIdempotentStack', 'WorkflowsStack'] as const;

export type StackName = (typeof STACKS)[number];

/** An endpoint is the base URL of an API and ends with a slash. */
export type OutputKind = 'endpoint' | 'stateMachineArn' | 'tableName';

interface Output {
  readonly stack: StackName;
  /** In the file that `cdktf deploy --outputs-file` writes: `{"<stack>": {"<name>": "<text>"}}`. */
  readonly name: string;
  readonly kind: OutputKind;
  readonly description: string;
}

/** Every output of the stacks, under the key by which the tools know it. */
export const OUTPUTS = {
  lambdaStateMachine: {
    stack: 'WorkflowsLambdaStack',
    name: 'WorkflowLambdaStateMachineArn',
    kind: 'stateMachineArn',
    description: 'ARN of the state machine',
  },
  idempotentApi: {
    stack: 'WorkflowIdempotentStack',
    name: 'WorkflowIdempotentApiEndpoint',
    kind: 'endpoint',
    description: 'Base URL of the API',
  },
  idempotentStateMachine: {
    stack: 'WorkflowIdempotentStack',
    name: 'WorkflowIdempotentStateMachineArn',
    kind: 'stateMachineArn',
    description: 'ARN of the state machine',
  },
  workflowApi: {
    stack: 'WorkflowsStack',
    name: 'WorkflowApiEndpoint',
    kind: 'endpoint',
    description: 'Base URL of the workflow API',
  },
  workflowStateMachine: {
    stack: 'WorkflowsStack',
    name: 'WorkflowStateMachineArn',
    kind: 'stateMachineArn',
    description: 'ARN of the state machine Workflow',
  },
  compositeStateMachine: {
    stack: 'WorkflowsStack',
    name: 'CompositeWorkflowStateMachineArn',
    kind: 'stateMachineArn',
    description: 'ARN of the state machine Workflow Composite',
  },
  tasksTable: {
    stack: 'WorkflowsStack',
    name: 'TasksTableName',
    kind: 'tableName',
    description: 'Table that maps task ids to task tokens',
  },
  serviceApi: {
    stack: 'WorkflowsStack',
    name: 'ServiceApiEndpoint',
    kind: 'endpoint',
    description: 'Base URL of the mock external service',
  },
} as const satisfies Readonly<Record<string, Output>>;

export type OutputKey = keyof typeof OUTPUTS;
