import { httpHandler, type Route } from '../../src/http/handler';
import { NameStore } from '../../src/idempotency/name-store';
import { TaskStore } from '../../src/tasks/task-store';
import { Executions } from '../../src/workflows/executions';
import { Dynamo } from './dynamo';
import { bodyOf, type EventOptions, httpEvent } from './http-event';
import { ManualClock } from './manual-clock';
import { MemoryLog } from './memory-log';
import { FakeStepFunctions, MACHINE_ARN } from './step-functions';

export const NAMES_TABLE = 'names';

/** Everything that the functions which start and show executions depend on. */
export class StartWorld {
  readonly sfn = new FakeStepFunctions();
  readonly clock = new ManualClock();
  readonly log = new MemoryLog();
  readonly stateMachineArn = MACHINE_ARN;
  readonly apiUrl = 'https://api.example/prod/';
  readonly graceSeconds = 86_400;
  readonly retentionDays = 120;
  readonly executions = new Executions({ client: this.sfn.client, sleep: async () => {} });
  readonly tasks: TaskStore;
  readonly names: NameStore;

  private constructor(readonly dynamo: Dynamo) {
    this.tasks = new TaskStore({ client: dynamo.client, tableName: 'tasks', clock: this.clock });
    this.names = new NameStore({ client: dynamo.client, tableName: NAMES_TABLE, clock: this.clock });
  }

  static async start(): Promise<StartWorld> {
    const dynamo = await Dynamo.start();
    await dynamo.createTasksTable('tasks');
    await dynamo.createTable(NAMES_TABLE, 'name');
    return new StartWorld(dynamo);
  }

  fresh(): StartWorld {
    return new StartWorld(this.dynamo);
  }

  stop(): Promise<void> {
    return this.dynamo.stop();
  }

  /** Sends one request to a route. */
  async call(route: Route, options: EventOptions) {
    const result = await httpHandler(route, this)(httpEvent(options));
    return { status: result.statusCode, headers: result.headers ?? {}, body: bodyOf(result), text: result.body ?? '' };
  }
}
