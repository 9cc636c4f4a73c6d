import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { ExecutionStatus, HistoryEvent, Host, StateMachineType } from '@workflows/states-language';
import { ACCOUNT_ID, PARTITION } from '../account';
import {
  type Authorizer,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type FunctionInvoker,
  type Principal,
  type RuntimeClock,
} from '../contracts';
import { errorResponse, jsonResponse } from '../endpoint/aws-response';
import { ActivityStore } from './activities';
import { callOperation, operationNamed } from './api/call';
import type { OperationName, RequestOf, ResponseOf } from './api/operations';
import type { ServiceContext } from './context';
import { serializationException } from './errors';
import type { ExecutionRecord } from './execution-record';
import { ExecutionRegistry } from './execution-registry';
import { MapRunStore, ServiceMapRunner } from './map-runs';
import type { MockConfiguration } from './mocks';
import { FolderObjectStore, type ObjectStore } from './objects';
import { StateMachineStore } from './store';
import { TaskTokenMint } from './task-tokens';
import { type OtherServices, type TaskIntegrations, taskIntegrations } from './tasks/registry';
import { createTaskRunner } from './tasks/task-runner';
import { unsupportedStates } from './unsupported-states';

const TARGET_PREFIX = 'AWSStepFunctions.';

const DEFAULT_RETAINED_EXECUTIONS = 10_000;

const DEFAULT_ACTIVITY_POLL_MS = 60_000;
const NO_BUCKETS = new FolderObjectStore(new Map());

/** Enough for a definition of 1 MB, escaped, and the rest of its request. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024;

export interface StepFunctionsOptions {
  readonly clock: RuntimeClock;
  readonly authorizer: Authorizer;
  /** Runs the functions of Task states. */
  readonly functions: FunctionInvoker;
  /** The services that Task states may call; a call to another one fails, saying so. @default - none */
  readonly services?: readonly AwsService[];
  /** What carries out the Task states of all other services. @default - nothing does */
  readonly otherServices?: OtherServices;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default '000000000000' */
  readonly account?: string;
  /**
   * A number in [0, 1): jitter of retries, `$random`, the choice between the versions of an alias.
   * @default Math.random
   */
  readonly random?: () => number;
  /** Factor on the time of Wait states and of the delays of retries, at least 0. @default 1 */
  readonly waitTimeScale?: number;
  /**
   * How many ended executions are kept, those that ended last. AWS keeps them for 90 days, however many they are; here
   * they are in memory.
   * @default 10000
   */
  readonly retainedExecutions?: number;
  /**
   * Whether executions keep journals, which `restart` rebuilds them from. Costs memory for each execution.
   * @default false
   */
  readonly journals?: boolean;
  /**
   * How long `GetActivityTask` waits for a task, in real milliseconds.
   * @default 60000, as AWS does
   */
  readonly activityPollMs?: number;
  /** Where distributed Maps read items from and write results to. @default - there are no buckets */
  readonly objects?: ObjectStore | undefined;
  /** The test cases that a start may choose. @default - none */
  readonly mocks?: MockConfiguration | undefined;
}

/** An event appended to the history of an execution. Payloads may hold task tokens: see `redactTaskTokens`. */
export interface HistoryNotice {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly event: HistoryEvent;
}

/** An execution started, was redriven or ended. Instants are epoch milliseconds. */
export interface StatusNotice {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly status: ExecutionStatus;
  readonly startDateMs: number;
  readonly stopDateMs?: number;
  readonly redriveCount: number;
  readonly redriveDateMs?: number;
  /** JSON text. */
  readonly input: string;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** @throws {RangeError} for what is no number of executions */
function retainedExecutionsOf({ retainedExecutions = DEFAULT_RETAINED_EXECUTIONS }: StepFunctionsOptions): number {
  if (!Number.isInteger(retainedExecutions) || retainedExecutions < 1) {
    throw new RangeError(`retainedExecutions is ${retainedExecutions}; it has to be a whole number, at least 1.`);
  }
  return retainedExecutions;
}

/**
 * AWS Step Functions on one machine: in process through `call`, over the wire through `handle`.
 *
 * @example
 * const stepFunctions = new StepFunctionsService({ clock: new RealClock(), authorizer, functions });
 * stepFunctions.events.on('status', ({ executionArn, status }) => console.log(executionArn, status));
 * const { stateMachineArn } = await stepFunctions.call('CreateStateMachine', { name: 'hello', roleArn, definition });
 * await stepFunctions.call('StartExecution', { stateMachineArn, input: '{}' });
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/Welcome.html
 */
export class StepFunctionsService implements AwsService {
  /** `history`: every event of every execution, as it is appended. `status`: starts, redrives and ends. */
  readonly events = new EventEmitter<{ history: [HistoryNotice]; status: [StatusNotice] }>();
  readonly #context: ServiceContext;
  readonly #hosts = new Map<string, Host>();
  readonly #options: StepFunctionsOptions;
  readonly #random: () => number;
  readonly #integrations: TaskIntegrations;
  readonly #machines = new StateMachineStore();
  readonly #activities = new ActivityStore();
  readonly #tokens = new TaskTokenMint();
  /** While executions are rebuilt; requests wait for it. */
  #restarting: Promise<void> | undefined;

  constructor(options: StepFunctionsOptions) {
    this.#options = options;
    this.#random = options.random ?? Math.random;
    this.#integrations = taskIntegrations(options.otherServices);
    this.events.setMaxListeners(0);
    this.#context = {
      at: { partition: PARTITION, region: options.region ?? 'us-east-1', accountId: options.account ?? ACCOUNT_ID },
      clock: options.clock,
      authorizer: options.authorizer,
      machines: this.#machines,
      executions: new ExecutionRegistry(
        {
          onEvent: (record, event) => this.#onEvent(record, event),
          onTaskClosed: (taskToken) => this.#activities.taskClosed(taskToken),
          onEnd: (record) => this.#onEnd(record),
        },
        retainedExecutionsOf(options),
        options.journals ?? false,
      ),
      activities: this.#activities,
      activityPollMs: options.activityPollMs ?? DEFAULT_ACTIVITY_POLL_MS,
      mapRuns: new MapRunStore(retainedExecutionsOf(options)),
      tokens: this.#tokens,
      random: this.#random,
      integrations: this.#integrations,
      mocks: options.mocks,
      hostFor: (roleArn) => this.#hostFor(roleArn),
    };
  }

  /**
   * Carries out one operation.
   *
   * @param caller the role that calls; absent for callers from outside, which may do everything
   * @throws {AwsError} as the operation's page in AWS's reference lists them
   */
  async call<N extends OperationName>(name: N, request: RequestOf<N>, caller?: Principal): Promise<ResponseOf<N>> {
    if (this.#restarting !== undefined) {
      await this.#restarting;
    }
    return callOperation(this.#context, name, request, caller);
  }

  /** The states of a valid definition that would fail because this runtime cannot run them, each in a sentence. */
  unsupportedStates(definition: string): string[] {
    return unsupportedStates(JSON.parse(definition), this.#context.integrations);
  }

  serves(request: AwsRequest): boolean {
    return request.headers['x-amz-target']?.startsWith(TARGET_PREFIX) === true;
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    try {
      const name = request.headers['x-amz-target']?.slice(TARGET_PREFIX.length) ?? '';
      const operation = operationNamed(name);
      if (this.#restarting !== undefined) {
        await this.#restarting;
      }
      const response = await callOperation(
        this.#context,
        operation,
        parseBody(request.body),
        request.principal,
        request,
      );
      return jsonResponse(JSON.stringify(response));
    } catch (error) {
      if (error instanceof AwsError) {
        return errorResponse(error);
      }
      throw error;
    }
  }

  /**
   * As if the service's process were killed and started again: every execution is rebuilt from its journal, so what it
   * has under way is lost. A task that has not answered is handed out once more, and its first answer is not heard; a
   * nested execution that was started is waited for again. Requests that come meanwhile wait. Needs `journals`.
   */
  async restart(): Promise<void> {
    this.#restarting = this.#context.executions.rebuild().finally(() => {
      this.#restarting = undefined;
    });
    await this.#restarting;
  }

  /** Stops every running execution, so that no timer and no task outlives the service. */
  async close(): Promise<void> {
    this.events.removeAllListeners();
    this.#activities.close();
    for (const { execution } of this.#context.executions.allRunning()) {
      execution.stop();
    }
  }

  #onEvent(record: ExecutionRecord, event: HistoryEvent): void {
    const { machine } = record.target;
    if (machine.status === 'DELETING' && event.type.endsWith('StateEntered')) {
      // Not from within the interpreter's own step.
      queueMicrotask(() => record.execution.stop());
    }
    if (event.type === 'ExecutionStarted' || event.type === 'ExecutionRedriven') {
      this.#tellStatus(record);
    }
    if (this.events.listenerCount('history') > 0) {
      this.events.emit('history', { executionArn: record.arn, stateMachineArn: machine.arn, event });
    }
  }

  #onEnd(record: ExecutionRecord): void {
    const { machine } = record.target;
    if (machine.status === 'DELETING' && machine.running === 0) {
      this.#machines.remove(machine);
    }
    this.#tellStatus(record);
  }

  #tellStatus({ arn, execution, input, name, startedMs, target, type }: ExecutionRecord): void {
    if (this.events.listenerCount('status') > 0) {
      const { status, stopDateMs, redriveCount, redriveDateMs, output, error, cause } = execution;
      this.events.emit('status', {
        executionArn: arn,
        stateMachineArn: target.mapRun?.stateMachineArn ?? target.machine.arn,
        name,
        type,
        status,
        startDateMs: startedMs,
        ...(stopDateMs === undefined ? {} : { stopDateMs }),
        redriveCount,
        ...(redriveDateMs === undefined ? {} : { redriveDateMs }),
        input,
        ...(output === undefined ? {} : { output }),
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      });
    }
  }

  #hostFor(roleArn: string): Host {
    let host = this.#hosts.get(roleArn);
    if (host === undefined) {
      host = {
        clock: this.#options.clock,
        tasks: createTaskRunner({
          context: this.#context,
          functions: this.#options.functions,
          services: this.#options.services ?? [],
          integrations: this.#integrations,
          principal: { roleArn },
        }),
        ...(this.#options.waitTimeScale === undefined ? {} : { waitTimeScale: this.#options.waitTimeScale }),
        mapRuns: new ServiceMapRunner({
          context: this.#context,
          objects: this.#options.objects ?? NO_BUCKETS,
          principal: { roleArn },
        }),
        random: this.#random,
        newTaskToken: () => this.#tokens.mint(),
        uuid: randomUUID,
      };
      this.#hosts.set(roleArn, host);
    }
    return host;
  }
}

function parseBody(body: Buffer): unknown {
  if (body.length > MAX_REQUEST_BYTES) {
    throw new AwsError(
      'RequestEntityTooLargeException',
      `A request to Step Functions is at most ${MAX_REQUEST_BYTES} bytes long. Received: ${body.length}`,
      413,
    );
  }
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw serializationException('The body of the request is not JSON');
  }
}
