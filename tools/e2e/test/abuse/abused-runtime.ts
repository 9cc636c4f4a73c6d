/** A runtime for abuse: of its own, so that every execution and record in it can be accounted for, and not throttled. */
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { paginateListExecutions } from '@aws-sdk/client-sfn';
import { ApiClient } from '../../src/api-client';
import { LocalRuntime } from '../../src/local-runtime';
import { Executions } from '../../src/step-functions';
import type { Target } from '../../src/target';
import { TasksTable } from '../../src/tasks-table';
import { mocked, WorkflowApi } from '../../src/workflow-api';
import { RawClient } from './raw-client';

/** A task that waits for its callback, and its tokens. */
export interface WaitingTask {
  readonly id: string;
  readonly resumeToken: string;
  readonly taskToken: string;
}

export class AbusedRuntime {
  readonly clients: Readonly<Record<string, RawClient>>;
  readonly workflows: WorkflowApi;
  readonly tasks: TasksTable;
  readonly executions = new Executions();
  readonly #dynamo = new DynamoDBClient({});

  readonly #runtime: LocalRuntime;

  private constructor(
    runtime: LocalRuntime,
    readonly target: Target,
  ) {
    this.#runtime = runtime;

    this.tasks = new TasksTable(target.tasksTableName);
    this.workflows = new WorkflowApi(new ApiClient(target.workflowApiEndpoint));
    this.clients = {
      workflows: new RawClient(target.workflowApiEndpoint),
      idempotent: new RawClient(target.idempotentApiEndpoint),
      mock: new RawClient(target.serviceApiEndpoint ?? ''),
    };
  }

  static async start(): Promise<AbusedRuntime> {
    const runtime = await LocalRuntime.start({
      env: { WORKFLOWS_THROTTLE_RATE: '10000', WORKFLOWS_THROTTLE_BURST: '10000' },
    });
    // The SDK's clients read it; each test file has an environment of its own.
    Object.assign(process.env, runtime.environment());
    return new AbusedRuntime(runtime, runtime.outputs());
  }

  /** @throws for an API that there is not */
  client(api: string): RawClient {
    const client = this.clients[api];
    if (client === undefined) {
      throw new Error(`no API ${api}`);
    }
    return client;
  }

  async startWaitingTask(): Promise<WaitingTask> {
    const id = await this.workflows.startTask(mocked({ outcome: 'silent' }));
    const { resumeToken, taskToken } = await this.tasks.callable(id);
    return { id, resumeToken, taskToken };
  }

  /** Names of all executions of a state machine. */
  async executionNames(stateMachineArn: string): Promise<string[]> {
    const names: string[] = [];
    for await (const { executions } of paginateListExecutions(
      { client: this.executions.client },
      { stateMachineArn },
    )) {
      names.push(...(executions ?? []).map(({ name }) => name ?? ''));
    }
    return names;
  }

  /** All items of the Tasks table, by task id. */
  async records(): Promise<Map<string, Record<string, AttributeValue>>> {
    const records = new Map<string, Record<string, AttributeValue>>();
    const pages = paginateScan(
      { client: this.#dynamo },
      { TableName: this.target.tasksTableName, ConsistentRead: true },
    );
    for await (const { Items } of pages) {
      for (const item of Items ?? []) {
        records.set(item.taskId?.S ?? '', item);
      }
    }
    return records;
  }

  async close(): Promise<void> {
    for (const client of Object.values(this.clients)) {
      client.close();
    }
    this.tasks.close();
    this.executions.close();
    this.#dynamo.destroy();
    await this.#runtime.stop();
  }
}
