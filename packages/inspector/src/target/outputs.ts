/** The outputs of the deployed stacks: `{"WorkflowsStack": {"WorkflowApiEndpoint": "https://…"}, …}`. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The outputs that this repository's stacks have, whichever stack they are in. Absent where the stack is not deployed. */
export interface KnownOutputs {
  readonly workflowApi?: string;
  readonly idempotentApi?: string;
  readonly serviceApi?: string;
  readonly lambdaStateMachine?: string;
  readonly idempotentStateMachine?: string;
  readonly workflowStateMachine?: string;
  readonly compositeStateMachine?: string;
  readonly tasksTable?: string;
  readonly region?: string;
}

const NAMES: Readonly<Record<string, keyof KnownOutputs>> = {
  WorkflowApiEndpoint: 'workflowApi',
  WorkflowIdempotentApiEndpoint: 'idempotentApi',
  ServiceApiEndpoint: 'serviceApi',
  WorkflowLambdaStateMachineArn: 'lambdaStateMachine',
  WorkflowIdempotentStateMachineArn: 'idempotentStateMachine',
  WorkflowStateMachineArn: 'workflowStateMachine',
  CompositeWorkflowStateMachineArn: 'compositeStateMachine',
  TasksTableName: 'tasksTable',
};

/**
 * Reads the text of a file that `cdktf deploy --outputs-file` or the embedded runtime wrote.
 *
 * @throws {SyntaxError} saying what the file should hold
 */
export function parseOutputs(json: string): StackOutputs {
  const outputs: unknown = JSON.parse(json);
  if (!isOutputs(outputs)) {
    throw new SyntaxError(
      'an outputs file holds {"<stack>": {"<output>": "<text>"}}, as cdktf deploy --outputs-file writes it',
    );
  }
  return outputs;
}

function isOutputs(value: unknown): value is StackOutputs {
  return isObject(value) && Object.values(value).every((stack) => isObject(stack));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Picks the outputs by name. API endpoints end in a slash. */
export function knownOutputs(outputs: StackOutputs): KnownOutputs {
  const known: Record<string, string> = {};
  for (const stack of Object.values(outputs)) {
    for (const [name, value] of Object.entries(stack)) {
      const as = NAMES[name];
      if (as !== undefined && typeof value === 'string') {
        known[as] = as.endsWith('Api') ? withSlash(value) : value;
      }
    }
  }
  const arn = known.workflowStateMachine ?? known.lambdaStateMachine ?? known.idempotentStateMachine;
  const region = arn?.split(':')[3];
  return region === undefined ? known : { ...known, region };
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
