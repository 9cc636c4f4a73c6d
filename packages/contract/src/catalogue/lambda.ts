import { defineEntry } from './define';

export const lambda = defineEntry({
  stack: 'WorkflowsLambdaStack',
  functions: {
    'fibonacci-generator': {
      purpose: 'Generates Fibonacci numbers',
      trigger: { kind: 'task', resource: 'lambda:invoke' },
      environment: [],
      permissions: [],
    },
  },
  outputs: {
    lambdaStateMachine: {
      name: 'WorkflowLambdaStateMachineArn',
      kind: 'stateMachineArn',
      description: 'ARN of the state machine',
    },
  },
  patterns: [
    {
      id: 'lambda',
      title: 'Lambda workflow',
      description: 'A function generates Fibonacci numbers, and a Map adds 7 to each of them.',
      start: { kind: 'execution' },
      stateMachine: 'lambdaStateMachine',
      stateMachineName: 'WorkflowLambda',
      results: 7,
      records: 0,
      example: { count: 7 },
    },
  ],
});
