import { STATE_MACHINES } from '@workflows/contract';
import type { Construct } from 'constructs';
import type { Config } from '../config/config';
import { BaseStack } from '../shared/base-stack';
import { workflowLambda } from './definition';

/** A state machine that calls a function and maps over its result. */
export class WorkflowsLambdaStack extends BaseStack {
  constructor(scope: Construct, config: Config) {
    super(scope, 'WorkflowsLambdaStack', config);
    const fibonacciGenerator = this.addFunction('FibonacciGenerator', 'fibonacci-generator', {});
    const stateMachine = this.addStateMachine(
      'WorkflowLambda',
      STATE_MACHINES.lambda,
      workflowLambda(fibonacciGenerator),
    );

    this.addOutput('lambdaStateMachine', stateMachine.arn);
  }
}
