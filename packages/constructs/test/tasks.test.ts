import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import {
  childExecutionName,
  type JsonataTaskState,
  LAMBDA_SERVICE_ERRORS,
  lambdaInvoke,
  lambdaInvokeWaitForTaskToken,
  NodeFunction,
  START_EXECUTION_ERRORS,
  StateMachine,
  startExecutionSync,
} from '../src';
import { bundle, newStack, readable } from './support/synthesis';

const stack = newStack();
const fn = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
const machine = new StateMachine(stack, 'Machine', {
  name: 'machine',
  definition: { QueryLanguage: 'JSONata', StartAt: 'End', States: { End: { Type: 'Succeed' } } },
});

/** A state as it is synthesized: references instead of tokens. */
const resolver = new DefaultTokenResolver(new StringConcat());
const rendered = (state: JsonataTaskState): unknown =>
  JSON.parse(readable(JSON.stringify(Tokenization.resolve(state, { scope: stack, resolver, preparing: false }))));

describe('lambdaInvoke', () => {
  it('waits for the answer and hands it on, retrying faults of the service', () => {
    expect(rendered(lambdaInvoke({ function: fn, payload: { n: 1 }, next: { Next: 'After' } }))).toEqual({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: '<aws_lambda_function.Fn.arn>', Payload: { n: 1 } },
      TimeoutSeconds: 60,
      Output: '{% $states.result.Payload %}',
      Retry: [LAMBDA_SERVICE_ERRORS],
      Next: 'After',
    });
  });

  it('takes other retries, a catch, an output and a comment', () => {
    const retry = [{ ErrorEquals: ['Busy'], MaxAttempts: 1 }];
    const caught = [{ ErrorEquals: ['States.ALL'], Next: 'Rescue' }];

    expect(
      lambdaInvoke({
        function: fn,
        payload: null,
        next: { End: true },
        retry,
        catch: caught,
        output: 'fixed',
        timeoutSeconds: 5,
        comment: 'why',
      }),
    ).toMatchObject({ Retry: retry, Catch: caught, Output: 'fixed', TimeoutSeconds: 5, Comment: 'why', End: true });
  });
});

describe('lambdaInvokeWaitForTaskToken', () => {
  it('waits for the callback and hands on its output', () => {
    const payload = { taskToken: '{% $states.context.Task.Token %}' };

    expect(
      rendered(lambdaInvokeWaitForTaskToken({ function: fn, payload, timeoutSeconds: 60, next: { End: true } })),
    ).toEqual({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: '<aws_lambda_function.Fn.arn>', Payload: payload },
      TimeoutSeconds: 60,
      Retry: [LAMBDA_SERVICE_ERRORS],
      End: true,
    });
  });
});

describe('startExecutionSync', () => {
  it('waits for the nested execution, links it to its parent, and hands on its output as JSON', () => {
    expect(
      rendered(
        startExecutionSync({
          stateMachine: machine,
          name: '{% $name %}',
          input: { order: 1 },
          timeoutSeconds: 60,
          next: { End: true },
        }),
      ),
    ).toEqual({
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: {
        StateMachineArn: '<aws_sfn_state_machine.Machine.arn>',
        Name: '{% $name %}',
        Input: { order: 1, AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}' },
      },
      TimeoutSeconds: 60,
      Output: '{% $states.result.Output %}',
      Retry: [START_EXECUTION_ERRORS],
      End: true,
    });
  });
});

describe('childExecutionName', () => {
  it('is one line of JSONata that does not depend on the attempt', () => {
    const name = childExecutionName('$states.context.Map.Item.Index');

    expect(name).toMatch(/^\{% \(.*\) %\}$/);
    expect(name).toContain('$string($states.context.Map.Item.Index)');
    expect(name).not.toContain('RetryCount');
  });
});
