import { Construct } from 'constructs';
import type { Catcher, ChoiceState, Expression, FailState, Retrier, States, TaskState, Template } from './definition';
import { ExecutionStatusRule } from './execution-status-rule';
import { checkInteger } from './guards';
import type { HttpApi } from './http-api';
import { METRICS_NAMESPACE } from './metrics';
import type { NodeFunction } from './node-function';
import { Schedule } from './schedule';
import type { StateMachine } from './state-machine';
import { type GlobalIndex, Table } from './table';
import { lambdaInvoke, lambdaInvokeWaitForTaskToken } from './tasks';

/** The functions that a callback passes through, one for each thing that can happen to a task. */
export interface CallbackFunctions {
  /** Stores the task token, then asks the external service. */
  readonly callExternal: NodeFunction;
  /** Takes the outcome from the external service. */
  readonly complete: NodeFunction;
  /** Takes a sign of life from the external service. */
  readonly heartbeat: NodeFunction;
  /** Shows a task to its client. */
  readonly get: NodeFunction;
  /** Decides what a failed wait ends as: a recorded outcome wins. */
  readonly settle: NodeFunction;
  /** Closes the record of an execution that was stopped from outside, so that nobody waits for its callback. */
  readonly close: NodeFunction;
  /** Publishes the age of the oldest task that waits. Called every five minutes. */
  readonly measureWaiting: NodeFunction;
}

export interface CallbackTasksProps {
  /** Name of the table that maps task ids to task tokens. */
  readonly tableName: string;
  /** Keeps the table from being deleted. @default true */
  readonly protect?: boolean;
  /** The API that gets the routes of the tasks. */
  readonly api: HttpApi;
  readonly functions: CallbackFunctions;
  /** The full URL to which a task is posted. */
  readonly externalServiceUrl: string;
  /**
   * Seconds that a record outlives the longest wait and the 90 days for which AWS keeps an ended execution; at least
   * a day, which covers retries and settling.
   */
  readonly recordGraceSeconds: number;
}

export interface RequestStateProps {
  /** What is sent to the external service. */
  readonly input: Template;
  /** Seconds until the callback must have come, 1 to 31536000. */
  readonly timeoutSeconds: number | Expression;
  /** Seconds between two heartbeats at most; less than `timeoutSeconds`. @default - no heartbeats expected */
  readonly heartbeatSeconds?: number | Expression;
  readonly retry: readonly Retrier[];
  /** State that follows, with the callback's output as its input. */
  readonly next: string;
}

export interface SettleStatesProps {
  readonly retry: readonly Retrier[];
  /** State that follows when a success had been recorded, with the callback's output as its input. */
  readonly recovered: string;
}

const CONTEXT = '$states.context';

/** The records that are PENDING: no others have its keys. */
const WAITING: GlobalIndex = {
  name: 'waiting',
  partitionKey: 'waitingShard',
  sortKey: 'waitingSince',
  attributes: ['expiresAt'],
};

const MEASURE_EVERY_MINUTES = 5;

/**
 * Everything that a task needs whose result comes by callback: the table that keeps the task token inside the account,
 * the functions around it, their routes and permissions, and the states that wait and that settle what went wrong.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 * @example
 * const tasks = new CallbackTasks(this, 'Tasks', { tableName: 'dev-tasks', api, functions, externalServiceUrl, recordGraceSeconds: 86_400 });
 * const machine = new StateMachine(this, 'Workflow', {
 *   name: 'dev-workflow',
 *   definition: {
 *     QueryLanguage: 'JSONata',
 *     StartAt: 'Request',
 *     States: {
 *       Request: tasks.requestState({ input: '{% $states.input %}', timeoutSeconds: 3600, retry: [], next: 'Done' }),
 *       ...tasks.settleStates({ retry: [], recovered: 'Done' }),
 *       Done: { Type: 'Succeed' },
 *     },
 *   },
 * });
 * tasks.resume(machine);
 */
export class CallbackTasks extends Construct {
  readonly table: Table;
  readonly #functions: CallbackFunctions;

  constructor(scope: Construct, id: string, props: CallbackTasksProps) {
    super(scope, id);
    checkInteger(this, 'recordGraceSeconds', props.recordGraceSeconds, {
      min: 86_400,
      max: 10 * 365 * 86_400,
      unit: 'seconds',
      fix: 'A record must outlive its execution by a day at least, or a late callback finds nothing.',
    });
    this.#functions = props.functions;
    this.table = new Table(this, 'Table', {
      name: props.tableName,
      partitionKey: 'taskId',
      ttlAttribute: 'expiresAt',
      indexes: [WAITING],
      ...(props.protect === undefined ? {} : { protect: props.protect }),
    });
    this.#wireFunctions(props);
    this.#wireMeasurement(props);
    this.#wireRoutes(props.api);
  }

  /**
   * Lets the callback functions resume the executions of `stateMachine`, and of no other, and closes the records of
   * those that end without a callback. Called once.
   */
  resume(stateMachine: StateMachine): void {
    const { callExternal, complete, heartbeat, close } = this.#functions;
    // A callback that overtakes its own request is delivered by the function that sent the request.
    stateMachine.grantTaskResponse(callExternal);
    stateMachine.grantTaskResponse(complete);
    stateMachine.grantTaskHeartbeat(heartbeat);
    for (const reader of [complete, heartbeat]) {
      stateMachine.grantRead(reader);
    }
    new ExecutionStatusRule(this, 'Ended', {
      name: `${stateMachine.stateMachineName}-ended`,
      stateMachine,
      statuses: ['ABORTED', 'FAILED', 'TIMED_OUT'],
      // Its record may have been closed in the drive before, and a redrive that only succeeds calls no function.
      redrivenStatuses: ['SUCCEEDED'],
      target: close,
    });
  }

  /** The state that sends a task to the external service and waits for its callback. Errors lead to `Settle`. */
  requestState(props: RequestStateProps): TaskState {
    return lambdaInvokeWaitForTaskToken({
      comment: 'Waits until the external service calls back, the timeout runs out, or a heartbeat is missed.',
      function: this.#functions.callExternal,
      payload: {
        taskToken: `{% ${CONTEXT}.Task.Token %}`,
        taskId: `{% ${CONTEXT}.Execution.Name %}`,
        executionArn: `{% ${CONTEXT}.Execution.Id %}`,
        input: props.input,
        timeoutSeconds: props.timeoutSeconds,
        attempt: `{% ${CONTEXT}.State.RetryCount + 1 %}`,
        redriveCount: `{% $exists(${CONTEXT}.Execution.RedriveCount) ? ${CONTEXT}.Execution.RedriveCount : 0 %}`,
        startedAt: `{% ${CONTEXT}.Execution.StartTime %}`,
      },
      timeoutSeconds: props.timeoutSeconds,
      ...(props.heartbeatSeconds === undefined ? {} : { heartbeatSeconds: props.heartbeatSeconds }),
      retry: props.retry,
      catch: [
        // AWS reports a missed heartbeat as `States.Timeout`, but lets a catcher tell the two apart.
        ...(props.heartbeatSeconds === undefined
          ? []
          : [settleAfter('States.HeartbeatTimeout', 'States.HeartbeatTimeout')]),
        settleAfter('States.ALL', '{% $states.errorOutput.Error %}'),
      ],
      next: { Next: props.next },
    });
  }

  /** The states `Settle`, `Recorded outcome?` and `Failed`, which end a wait that did not succeed. */
  settleStates(props: SettleStatesProps): States {
    const settle = lambdaInvoke({
      comment: 'Closes the record of the task. An outcome that was recorded before the wait failed wins.',
      function: this.#functions.settle,
      payload: {
        taskId: `{% ${CONTEXT}.Execution.Name %}`,
        executionArn: `{% ${CONTEXT}.Execution.Id %}`,
        redriveCount: `{% $exists(${CONTEXT}.Execution.RedriveCount) ? ${CONTEXT}.Execution.RedriveCount : 0 %}`,
        error: '{% $error %}',
        cause: '{% $cause %}',
      },
      retry: props.retry,
      catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: { status: 'failed', error: '{% $error %}', cause: '{% $cause %}' },
          Next: 'Failed',
        },
      ],
      next: { Next: 'Recorded outcome?' },
    });
    const recorded: ChoiceState = {
      Type: 'Choice',
      Choices: [
        {
          Condition: "{% $states.input.status = 'succeeded' %}",
          Output: '{% $states.input.output %}',
          Next: props.recovered,
        },
      ],
      Default: 'Failed',
    };
    const failed: FailState = {
      Type: 'Fail',
      Error: '{% $states.input.error %}',
      Cause: "{% $exists($states.input.cause) ? $states.input.cause : '' %}",
    };
    return { Settle: settle, 'Recorded outcome?': recorded, Failed: failed };
  }

  #wireFunctions({ api, externalServiceUrl, recordGraceSeconds, functions }: CallbackTasksProps): void {
    const { callExternal, complete, heartbeat, get, settle, close } = functions;
    for (const fn of [callExternal, complete, heartbeat, get, settle, close]) {
      fn.addEnvironment('TASKS_TABLE_NAME', this.table.name);
      this.table.grantRead(fn);
    }
    for (const fn of [callExternal, complete, settle, close]) {
      this.table.grant(fn, 'dynamodb:UpdateItem');
    }
    for (const fn of [callExternal, settle, close]) {
      fn.addEnvironment('RECORD_GRACE_SECONDS', String(recordGraceSeconds));
    }
    callExternal.addEnvironment('API_URL', api.url);
    callExternal.addEnvironment('EXTERNAL_SERVICE_URL', externalServiceUrl);
  }

  #wireMeasurement({ functions: { measureWaiting }, tableName }: CallbackTasksProps): void {
    measureWaiting.addEnvironment('TASKS_TABLE_NAME', this.table.name);
    measureWaiting.addEnvironment('METRICS_NAMESPACE', METRICS_NAMESPACE);
    this.table.grantQuery(measureWaiting, WAITING.name);
    new Schedule(this, 'Measure', {
      name: `${tableName}-measure`,
      everyMinutes: MEASURE_EVERY_MINUTES,
      target: measureWaiting,
    });
  }

  #wireRoutes(api: HttpApi): void {
    const { complete, heartbeat, get } = this.#functions;
    api.route('GET /tasks/{taskId}', get);
    // The external service has no AWS identity: its credential is the task's resume token.
    api.route('PUT /tasks/{taskId}', complete, { authorization: 'NONE' });
    api.route('POST /tasks/{taskId}/heartbeat', heartbeat, { authorization: 'NONE' });
  }
}

/** A catcher that hands an error to `Settle`, under a name. */
const settleAfter = (caught: string, error: string): Catcher => ({
  ErrorEquals: [caught],
  Assign: { error, cause: "{% $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : '' %}" },
  Next: 'Settle',
});
