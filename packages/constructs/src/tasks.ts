import {
  type Expression,
  type IntegrationPattern,
  type JsonataCatcher,
  type JsonataTaskState,
  PATTERN_SUFFIX,
  type Retrier,
  type Template,
  type Transition,
} from '@workflows/states-language';
import { jsonata } from './expression';
import type { NodeFunction } from './node-function';
import type { StateMachine } from './state-machine';

/**
 * Transient errors of the Lambda service itself. Throttling lasts the longest, so the last delay is long.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception
 */
export const LAMBDA_SERVICE_ERRORS: Retrier = {
  ErrorEquals: [
    'Lambda.ClientExecutionTimeoutException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 1,
  MaxAttempts: 6,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};

/** Transient errors of Step Functions when it starts a nested execution. */
export const START_EXECUTION_ERRORS: Retrier = {
  ErrorEquals: [
    'StepFunctions.AWSStepFunctionsException',
    'StepFunctions.ExecutionLimitExceededException',
    'StepFunctions.SdkClientException',
  ],
  IntervalSeconds: 1,
  MaxAttempts: 6,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};

interface CommonTaskProps {
  /** The next state, or the end. */
  readonly next: Transition;
  /** @default - none */
  readonly comment?: string;
  /** Retriers, evaluated in order. @default - retries of the transient errors of the service: {@link LAMBDA_SERVICE_ERRORS}, {@link START_EXECUTION_ERRORS} */
  readonly retry?: readonly Retrier[];
  /** @default - errors end the execution */
  readonly catch?: readonly JsonataCatcher[];
  /** Output of the state. @default - the result of the task */
  readonly output?: Template;
}

export interface LambdaInvokeProps extends CommonTaskProps {
  readonly function: NodeFunction;
  /** The event that the function receives. */
  readonly payload: Template;
  /** Seconds to wait for the result. @default 60 */
  readonly timeoutSeconds?: number | Expression;
}

export interface LambdaCallbackProps extends CommonTaskProps {
  readonly function: NodeFunction;
  /** The event that the function receives; must hold `{% $states.context.Task.Token %}`. */
  readonly payload: Template;
  /** Seconds to wait for the callback, counted from the start of the function: 1 to 31536000. */
  readonly timeoutSeconds: number | Expression;
  /** Maximum seconds between two heartbeats; less than `timeoutSeconds`. @default - no heartbeats expected */
  readonly heartbeatSeconds?: number | Expression;
}

export interface StartExecutionSyncProps extends CommonTaskProps {
  readonly stateMachine: StateMachine;
  /** Input of the nested execution; the id of the parent is added to it, which links the two in the console. */
  readonly input: { readonly [key: string]: Template };
  /** Name of the nested execution, unique for 90 days: 1 to 80 characters. See {@link childExecutionName}. */
  readonly name: Expression;
  /** Seconds to wait for the nested execution. */
  readonly timeoutSeconds: number | Expression;
}

/**
 * Invokes a function and continues with its result.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 * @example
 * const States = { Add: lambdaInvoke({ function: add, payload: { n: 1 }, next: { End: true } }) };
 */
export const lambdaInvoke = (props: LambdaInvokeProps): JsonataTaskState => ({
  ...taskOf('lambda:invoke', 'REQUEST_RESPONSE', props, LAMBDA_SERVICE_ERRORS),
  Arguments: { FunctionName: props.function.arn, Payload: props.payload },
  TimeoutSeconds: props.timeoutSeconds ?? 60,
  Output: props.output ?? '{% $states.result.Payload %}',
});

/**
 * Invokes a function and waits for a callback with the task token that the function received.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 * @example
 * const Request = lambdaInvokeWaitForTaskToken({
 *   function: callExternal,
 *   payload: { taskToken: '{% $states.context.Task.Token %}' },
 *   timeoutSeconds: 3600,
 *   catch: [{ ErrorEquals: ['States.ALL'], Next: 'Settle' }],
 *   next: { End: true },
 * });
 */
export const lambdaInvokeWaitForTaskToken = (props: LambdaCallbackProps): JsonataTaskState => ({
  ...taskOf('lambda:invoke', 'WAIT_FOR_TASK_TOKEN', props, LAMBDA_SERVICE_ERRORS),
  Arguments: { FunctionName: props.function.arn, Payload: props.payload },
  TimeoutSeconds: props.timeoutSeconds,
  ...(props.heartbeatSeconds === undefined ? {} : { HeartbeatSeconds: props.heartbeatSeconds }),
  ...(props.output === undefined ? {} : { Output: props.output }),
});

/**
 * Starts an execution of another state machine, waits until it ends, and continues with its output as JSON.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 * @example
 * const Child = startExecutionSync({
 *   stateMachine: child,
 *   name: childExecutionName('$states.context.Map.Item.Index'),
 *   input: { order: '{% $states.input %}' },
 *   timeoutSeconds: 3600,
 *   next: { End: true },
 * });
 */
export const startExecutionSync = (props: StartExecutionSyncProps): JsonataTaskState => ({
  ...taskOf('states:startExecution', 'SYNC_2', props, START_EXECUTION_ERRORS),
  Arguments: {
    StateMachineArn: props.stateMachine.arn,
    Name: props.name,
    Input: { ...props.input, AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: '{% $states.context.Execution.Id %}' },
  },
  TimeoutSeconds: props.timeoutSeconds,
  Output: props.output ?? '{% $states.result.Output %}',
});

/**
 * Name of a nested execution: readable, at most 80 characters, of characters that are allowed. Equal on every retry of
 * the state, so that a start whose answer was lost is not carried out twice; different after a redrive and for every
 * other parent, so that it is never taken.
 *
 * @param discriminator JSONata that tells the parent's children apart, such as `$states.context.Map.Item.Index`; at
 * most 12 characters as text
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html#API_StartExecution_RequestSyntax
 */
export const childExecutionName = (discriminator: string): Expression =>
  jsonata`(
    $child := $string(${discriminator});
    $execution := $states.context.Execution;
    $redrive := $exists($execution.RedriveCount) ? $execution.RedriveCount : 0;
    $parent := $substring($replace($execution.Name, /[^A-Za-z0-9_-]/, '-'), 0, 36);
    $digest := $hash($execution.Id & '/' & $child & '/' & $string($redrive), 'SHA-256');
    $parent & '-' & $child & '-' & $substring($digest, 0, 24)
  )`;

const taskOf = (action: string, pattern: IntegrationPattern, props: CommonTaskProps, serviceErrors: Retrier) => ({
  ...(props.comment === undefined ? {} : { Comment: props.comment }),
  Type: 'Task' as const,
  // Of the partition `aws`: in another, Step Functions creates the state machine, and fails every execution of it.
  Resource: `arn:aws:states:::${action}${PATTERN_SUFFIX[pattern]}`,
  Retry: props.retry ?? [serviceErrors],
  ...(props.catch === undefined ? {} : { Catch: props.catch }),
  ...props.next,
});
