import { randomUUID } from 'node:crypto';
import { type HttpFunction, httpHandler, type Route } from '../../src/http/handler';
import { type CallExternalResult, callExternal } from '../../src/tasks/call-external';
import { closeTask } from '../../src/tasks/close-task';
import { completeTask } from '../../src/tasks/complete-task';
import { getTask } from '../../src/tasks/get-task';
import { heartbeatTask } from '../../src/tasks/heartbeat-task';
import { settleTask } from '../../src/tasks/settle-task';
import { TaskStore } from '../../src/tasks/task-store';
import { Executions } from '../../src/workflows/executions';
import { Dynamo } from './dynamo';
import { bodyOf, httpEvent } from './http-event';
import { ManualClock } from './manual-clock';
import { MemoryLog } from './memory-log';
import { arnOf, FakeStepFunctions } from './step-functions';

export const TASKS_TABLE = 'tasks';

export interface AttemptOptions {
  readonly attempt?: number;
  readonly redriveCount?: number;
  readonly taskToken?: string;
  readonly timeoutSeconds?: number;
}

/** The functions around one task, on a real table, with a Step Functions and an external service that tests play. */
export class WorkflowWorld {
  readonly sfn = new FakeStepFunctions();
  readonly clock = new ManualClock();
  readonly log = new MemoryLog();
  readonly sentToService: { readonly id: string; readonly resumeToken: string; readonly attempt: number }[] = [];
  /** What the external service does with a task; throws as `httpService` does. */
  serviceAnswer: () => void | Promise<void> = () => {};
  readonly tasks: TaskStore;
  readonly executions: Executions;

  private constructor(readonly dynamo: Dynamo) {
    this.tasks = new TaskStore({ client: dynamo.client, tableName: TASKS_TABLE, clock: this.clock });
    this.executions = new Executions({ client: this.sfn.client, sleep: async () => {} });
  }

  static async start(): Promise<WorkflowWorld> {
    const dynamo = await Dynamo.start();
    await dynamo.createTasksTable(TASKS_TABLE);
    return new WorkflowWorld(dynamo);
  }

  /** The same table under a fresh world: what a new set of function instances would be. */
  fresh(): WorkflowWorld {
    return new WorkflowWorld(this.dynamo);
  }

  stop(): Promise<void> {
    return this.dynamo.stop();
  }

  /** A running execution that nothing has been done for yet. */
  newTask(): string {
    const id = randomUUID();
    this.sfn.run(id);
    return id;
  }

  /** A running execution whose task is recorded, as `POST /tasks` does, before the first attempt. */
  async recordedTask(): Promise<string> {
    const id = this.newTask();
    await this.tasks.createIfAbsent({
      taskId: id,
      executionArn: arnOf(id),
      status: 'PENDING',
      expiresAt: 1_900_000_000,
    });
    return id;
  }

  /** An execution whose first attempt has reached the external service. */
  async waitingTask(): Promise<{ readonly id: string; readonly resumeToken: string }> {
    const id = this.newTask();
    await this.attempt(id);
    return { id, resumeToken: this.sentToService.at(-1)?.resumeToken ?? '' };
  }

  /** Lets the state machine run one attempt of the external step. */
  attempt(id: string, options: AttemptOptions = {}): Promise<CallExternalResult> {
    const { attempt = 1, redriveCount = 0, timeoutSeconds = 3600 } = options;
    const taskToken = options.taskToken ?? tokenOf(id, attempt, redriveCount);
    this.sfn.wait(taskToken);
    return callExternal(
      {
        tasks: this.tasks,
        sfn: this.sfn.client,
        clock: this.clock,
        log: this.log,
        apiUrl: 'https://api.example/prod/',
        graceSeconds: 86_400,
        callService: async ({ id: taskId, resumeToken }, number) => {
          this.sentToService.push({ id: taskId, resumeToken, attempt: number });
          await this.serviceAnswer();
        },
      },
      { taskToken, taskId: id, executionArn: arnOf(id), input: {}, timeoutSeconds, attempt, redriveCount },
    );
  }

  settle(id: string, error: string, cause = '', redriveCount = 0) {
    const { tasks, clock, log } = this;
    return settleTask(
      { tasks, clock, log, graceSeconds: 86_400 },
      { taskId: id, executionArn: arnOf(id), redriveCount, error, cause },
    );
  }

  close(id: string, status: string, redriveCount = 0, error: string | null = null, cause: string | null = null) {
    const { tasks, clock, log } = this;
    return closeTask(
      { tasks, clock, log, graceSeconds: 86_400 },
      { detail: { executionArn: arnOf(id), name: id, status, redriveCount, error, cause } },
    );
  }

  /** `PUT /tasks/{id}`. */
  async put(id: string, body: unknown) {
    const { tasks, executions, sfn, log } = this;
    return this.#call(completeTask({ tasks, executions, sfn: sfn.client, log }), 'PUT', id, body);
  }

  async heartbeat(id: string, body: unknown) {
    const { tasks, executions, sfn } = this;
    return this.#call(heartbeatTask({ tasks, executions, sfn: sfn.client }), 'POST', id, body);
  }

  async get(id: string) {
    return this.#call(getTask({ tasks: this.tasks }), 'GET', id);
  }

  record(id: string) {
    return this.dynamo.item(TASKS_TABLE, { taskId: id });
  }

  async #call(route: Route, method: string, taskId: string, body?: unknown) {
    const handler: HttpFunction = httpHandler(route, { log: this.log, clock: this.clock });
    const result = await handler(httpEvent({ method, path: `/tasks/${taskId}`, pathParameters: { taskId }, body }));
    return { status: result.statusCode, headers: result.headers ?? {}, body: bodyOf(result), text: result.body ?? '' };
  }
}

export const tokenOf = (id: string, attempt = 1, redriveCount = 0): string =>
  `task-token-${redriveCount}-${attempt}-${id}`;
