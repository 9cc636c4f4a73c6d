import {
  type Expression,
  type JsonataCatcher,
  type JsonataTaskState,
  lambdaInvoke,
  lambdaInvokeWaitForTaskToken,
  type NodeFunction,
  type Retrier,
  type States,
  type Template,
} from '@workflows/constructs';
import type { PayloadOf } from '@workflows/contract/schemas';

export interface RequestStateProps {
  /** Input for the external service. */
  readonly input: Template;
  /** Seconds to wait for the callback, 1 to 31536000. */
  readonly timeoutSeconds: number | Expression;
  /** Maximum seconds between two heartbeats; less than `timeoutSeconds`. @default - no heartbeats expected */
  readonly heartbeatSeconds?: number | Expression;
  readonly retry: readonly Retrier[];
  /** Next state. Its input is the output of the callback. */
  readonly next: string;
}

export interface SettleStatesProps {
  readonly retry: readonly Retrier[];
  /** Next state if a success was recorded. Its input is the output of the callback. */
  readonly recovered: string;
}

/** Each field of a function's payload, as a value or as an expression. */
type Payload<Name extends 'call-external' | 'settle-task'> = Readonly<Record<keyof PayloadOf<Name>, Template>>;

/** Fields about the execution in the payload of every function that a state machine calls. */
const EXECUTION = {
  taskId: '{% $states.context.Execution.Name %}',
  executionArn: '{% $states.context.Execution.Id %}',
  redriveCount: '{% $exists($states.context.Execution.RedriveCount) ? $states.context.Execution.RedriveCount : 0 %}',
} as const;

/** The state that sends a task to the external service and waits for its callback. Errors lead to `Settle`. */
export const requestState = (callExternal: NodeFunction, props: RequestStateProps): JsonataTaskState =>
  lambdaInvokeWaitForTaskToken({
    comment: 'Waits until the external service calls back, the timeout runs out, or a heartbeat is missed.',
    function: callExternal,
    payload: {
      ...EXECUTION,
      taskToken: '{% $states.context.Task.Token %}',
      input: props.input,
      timeoutSeconds: props.timeoutSeconds,
      attempt: '{% $states.context.State.RetryCount + 1 %}',
      startedAt: '{% $states.context.Execution.StartTime %}',
    } satisfies Payload<'call-external'>,
    timeoutSeconds: props.timeoutSeconds,
    ...(props.heartbeatSeconds === undefined ? {} : { heartbeatSeconds: props.heartbeatSeconds }),
    retry: props.retry,
    catch: [
      // AWS reports a missed heartbeat as `States.Timeout`, but a catcher can distinguish the two.
      ...(props.heartbeatSeconds === undefined
        ? []
        : [settleAfter('States.HeartbeatTimeout', 'States.HeartbeatTimeout')]),
      settleAfter('States.ALL', '{% $states.errorOutput.Error %}'),
    ],
    next: { Next: props.next },
  });

/** The states `Settle`, `Recorded outcome?` and `Failed`, which end a wait that did not succeed. */
export const settleStates = (settleTask: NodeFunction, props: SettleStatesProps): States<'JSONata'> => ({
  Settle: lambdaInvoke({
    comment: 'Closes the record of the task. An outcome that was recorded before the wait failed wins.',
    function: settleTask,
    payload: { ...EXECUTION, error: '{% $error %}', cause: '{% $cause %}' } satisfies Payload<'settle-task'>,
    retry: props.retry,
    catch: [
      {
        ErrorEquals: ['States.ALL'],
        Output: { status: 'failed', error: '{% $error %}', cause: '{% $cause %}' },
        Next: 'Failed',
      },
    ],
    next: { Next: 'Recorded outcome?' },
  }),
  'Recorded outcome?': {
    Type: 'Choice',
    Choices: [
      {
        Condition: "{% $states.input.status = 'succeeded' %}",
        Output: '{% $states.input.output %}',
        Next: props.recovered,
      },
    ],
    Default: 'Failed',
  },
  Failed: {
    Type: 'Fail',
    Error: '{% $states.input.error %}',
    Cause: "{% $exists($states.input.cause) ? $states.input.cause : '' %}",
  },
});

/** A catcher that hands an error to `Settle`, under a name. */
const settleAfter = (caught: string, error: string): JsonataCatcher => ({
  ErrorEquals: [caught],
  Assign: { error, cause: "{% $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : '' %}" },
  Next: 'Settle',
});
