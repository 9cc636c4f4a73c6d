import {
  checkInteger,
  ExecutionStatusRule,
  type HttpApi,
  type JsonataTaskState,
  type Monitoring,
  NodeFunction,
  type NodeFunctionProps,
  Schedule,
  type StateMachine,
  type States,
  Table,
} from '@workflows/constructs';
import {
  DEFAULT_TIMEOUT_SECONDS,
  MAX_TIMEOUT_SECONDS,
  MEASURE_EVERY_MINUTES,
  METRICS_NAMESPACE,
  ROUTES,
  SECONDS_PER_DAY,
  TASKS_TABLE,
  WAITING_INDEX,
} from '@workflows/contract';
import { Construct } from 'constructs';
import {
  type CallbackFunctionName,
  type CallbackFunctions,
  type CreateFunction,
  createFunctions,
} from './callback-functions';
import { oldestWaitingTask, rejectedCallbacks } from './callback-metrics';
import { type RequestStateProps, requestState, type SettleStatesProps, settleStates } from './callback-states';

export interface CallbackTasksProps {
  /** Prefix of every name: `dev` results in the table `dev-tasks`, the functions `dev-call-external`, …. */
  readonly namePrefix: string;
  /** The API to which the routes of the tasks are added. */
  readonly api: HttpApi;
  /** The full URL to which a task is posted. */
  readonly externalServiceUrl: string;
  /**
   * Seconds to keep a record beyond the longest wait and the 90 days for which AWS keeps an ended execution; at least
   * a day, which covers retries and settling.
   *
   * @default 604800, a week
   */
  readonly recordGraceSeconds?: number;
  /** Keeps the table from being deleted. @default true */
  readonly protect?: boolean;
  /**
   * Overrides properties of the functions, such as the bundle, the memory or the name.
   *
   * @default - the functions of `@workflows/handlers`
   */
  readonly functions?: Partial<Record<CallbackFunctionName, Partial<NodeFunctionProps>>>;
  /**
   * Creates and monitors a function, for functions that share settings with others of the stack.
   *
   * @default - a `NodeFunction` in this construct, watched by `monitoring`
   */
  readonly createFunction?: CreateFunction;
  /** Receives alarms for the functions, for rejected callbacks and for tasks that wait too long. @default - no alarms */
  readonly monitoring?: Monitoring;
  /** Seconds for which a task may wait before an alarm is raised, 60 to 31536000. @default 7200 */
  readonly waitingAlarmSeconds?: number;
}

const DEFAULT_RECORD_GRACE_SECONDS = 7 * SECONDS_PER_DAY;
const DEFAULT_WAITING_ALARM_SECONDS = 2 * DEFAULT_TIMEOUT_SECONDS;

/**
 * Everything that a callback task needs: the table that keeps the task token inside the account, the functions with
 * their routes and permissions, and the states that wait for the callback and settle failed waits.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 * @example
 * const tasks = new CallbackTasks(this, 'Tasks', { namePrefix: 'dev', api, externalServiceUrl });
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
  readonly functions: CallbackFunctions;
  readonly #props: CallbackTasksProps;

  constructor(scope: Construct, id: string, props: CallbackTasksProps) {
    super(scope, id);
    this.#props = props;
    this.#checkProps();
    this.table = new Table(this, 'Table', {
      name: `${props.namePrefix}-tasks`,
      ...TASKS_TABLE,
      ...(props.protect === undefined ? {} : { protect: props.protect }),
    });
    this.functions = this.#createFunctions();
    this.#grantTable();
    new Schedule(this, 'Measure', {
      name: `${props.namePrefix}-tasks-measure`,
      everyMinutes: MEASURE_EVERY_MINUTES,
      target: this.functions['measure-waiting'],
    });
    this.#addRoutes();
  }

  /**
   * Allows the callback functions to resume the executions of `stateMachine` only, closes the records of executions
   * that end without a callback, and monitors the waits. Call it once.
   */
  resume(stateMachine: StateMachine): void {
    const callExternal = this.functions['call-external'];
    const complete = this.functions['complete-task'];
    const heartbeat = this.functions['heartbeat-task'];
    // If a callback overtakes its request, the function that sent the request delivers the callback.
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
      // Its record may have been closed before the redrive, and a redrive that only succeeds calls no function.
      redrivenStatuses: ['SUCCEEDED'],
      target: this.functions['close-task'],
    });
    this.#watch();
  }

  /** The state that sends a task to the external service and waits for its callback. Errors lead to `Settle`. */
  requestState(props: RequestStateProps): JsonataTaskState {
    return requestState(this.functions['call-external'], props);
  }

  /** The states `Settle`, `Recorded outcome?` and `Failed`, which end a wait that did not succeed. */
  settleStates(props: SettleStatesProps): States<'JSONata'> {
    return settleStates(this.functions['settle-task'], props);
  }

  #checkProps(): void {
    checkInteger(this, 'recordGraceSeconds', this.#props.recordGraceSeconds, {
      min: SECONDS_PER_DAY,
      max: 10 * 365 * SECONDS_PER_DAY,
      unit: 'seconds',
      fix: 'A record must outlive its execution by at least a day, so that a late callback still finds it.',
    });
    checkInteger(this, 'waitingAlarmSeconds', this.#props.waitingAlarmSeconds, {
      min: 60,
      max: MAX_TIMEOUT_SECONDS,
      unit: 'seconds',
      fix: 'A wait lasts at most a year. A value below 60 would raise alarms for normal waits.',
    });
  }

  #createFunctions(): CallbackFunctions {
    const { api, createFunction, externalServiceUrl, functions = {}, namePrefix, recordGraceSeconds } = this.#props;
    const table = { TASKS_TABLE_NAME: this.table.name };
    const record = { ...table, RECORD_GRACE_SECONDS: String(recordGraceSeconds ?? DEFAULT_RECORD_GRACE_SECONDS) };
    return createFunctions({
      namePrefix,
      overrides: functions,
      createFunction: createFunction ?? ((id, props) => this.#createFunction(id, props)),
      environments: {
        'call-external': { ...record, API_URL: api.url, EXTERNAL_SERVICE_URL: externalServiceUrl },
        'complete-task': table,
        'heartbeat-task': table,
        'get-task': table,
        'settle-task': record,
        'close-task': record,
        'measure-waiting': { ...table, METRICS_NAMESPACE },
      },
    });
  }

  #createFunction(id: string, props: NodeFunctionProps): NodeFunction {
    const fn = new NodeFunction(this, id, props);
    this.#props.monitoring?.watchFunction(fn);
    return fn;
  }

  #grantTable(): void {
    const { 'measure-waiting': measureWaiting, ...others } = this.functions;
    for (const reader of Object.values(others)) {
      this.table.grantRead(reader);
    }
    for (const writer of ['call-external', 'complete-task', 'settle-task', 'close-task'] as const) {
      this.table.grant(this.functions[writer], 'dynamodb:UpdateItem');
    }
    this.table.grantQuery(measureWaiting, WAITING_INDEX.name);
  }

  #addRoutes(): void {
    const { api } = this.#props;
    api.route(ROUTES['get-task'], this.functions['get-task']);
    // The external service has no AWS identity: its credential is the task's resume token.
    api.route(ROUTES['complete-task'], this.functions['complete-task'], { authorization: 'NONE' });
    api.route(ROUTES['heartbeat-task'], this.functions['heartbeat-task'], { authorization: 'NONE' });
  }

  #watch(): void {
    const { api, monitoring, namePrefix, waitingAlarmSeconds = DEFAULT_WAITING_ALARM_SECONDS } = this.#props;
    monitoring?.watch(`${api.node.id}Rejections`, `${namePrefix}-callbacks`, [
      rejectedCallbacks(api, ROUTES['complete-task']),
    ]);
    monitoring?.watch(`${this.node.id}Waiting`, `${namePrefix}-waiting`, [
      oldestWaitingTask(this.table, waitingAlarmSeconds),
    ]);
  }
}
