import { CallbackTasks, type HttpApi, type StateMachine } from '@workflows/constructs';
import type { Construct } from 'constructs';
import type { Config } from '../config/config';
import { BaseStack } from '../shared/base-stack';
import { externalServiceBundle } from '../shared/bundles';
import { EXECUTION_RETENTION_DAYS, SECONDS_PER_DAY } from '../shared/constants';
import { compositeWorkflow } from './composite-definition';
import { workflow } from './workflow-definition';

/** Workflows that wait for an external service, on their own and nested, behind an API. */
export class WorkflowsStack extends BaseStack {
  constructor(scope: Construct, config: Config) {
    super(scope, 'WorkflowsStack', config);
    const api = this.addApi('WorkflowApi', 'workflow-api', config.apiAuthorization);
    const externalServiceUrl = config.externalServiceUrl ?? this.#addMock(api);
    const tasks = this.#addTasks(api, externalServiceUrl);

    const workflowMachine = this.addStateMachine('Workflow', 'Workflow', workflow(tasks));
    tasks.resume(workflowMachine);
    this.monitoring.watchRejections(api, 'PUT /tasks/{taskId}', this.resourceName('callbacks'));
    this.monitoring.watchWaiting(tasks, this.resourceName('waiting'), config.waitingAlarmSeconds);
    this.#addWorkflowRoutes(api, tasks, workflowMachine);

    const compositeMachine = this.addStateMachine(
      'CompositeWorkflow',
      'WorkflowComposite',
      compositeWorkflow(workflowMachine),
    );
    this.#addCompositeRoutes(api, compositeMachine);

    this.addOutput('WorkflowApiEndpoint', 'Base URL of the workflow API', api.url);
    this.addOutput('WorkflowStateMachineArn', 'ARN of the state machine Workflow', workflowMachine.arn);
    this.addOutput(
      'CompositeWorkflowStateMachineArn',
      'ARN of the state machine Workflow Composite',
      compositeMachine.arn,
    );
    this.addOutput('TasksTableName', 'Table that maps task ids to task tokens', tasks.table.name);
  }

  /** Seconds that a task's record outlives the 90 days for which AWS keeps its execution. */
  get #recordGraceSeconds(): number {
    return (this.config.recordRetentionDays - EXECUTION_RETENTION_DAYS) * SECONDS_PER_DAY;
  }

  /** The mock behind an API of its own, as somebody else's service would be; answers the URL to post tasks to. */
  #addMock(workflowApi: HttpApi): string {
    const mock = this.addFunction('ExternalService', 'external-service', {
      bundle: externalServiceBundle(),
      // It calls back up to 30 seconds after it was asked, in an invocation of its own.
      timeoutSeconds: 60,
      environment: { ALLOWED_CALLBACK_URL_PREFIX: workflowApi.url },
    });
    mock.grantInvoke(mock);
    const api = this.addApi('ServiceApi', 'service-api', 'NONE');
    this.addRoutes(api, { 'POST /external': mock });
    this.addOutput('ServiceApiEndpoint', 'Base URL of the mock external service', api.url);
    return `${api.url}external`;
  }

  #addTasks(api: HttpApi, externalServiceUrl: string): CallbackTasks {
    return new CallbackTasks(this, 'Tasks', {
      tableName: this.resourceName('tasks'),
      protect: this.protectsData,
      api,
      externalServiceUrl,
      recordGraceSeconds: this.#recordGraceSeconds,
      functions: {
        // It gives the external service 10 seconds to accept.
        callExternal: this.addFunction('CallExternal', 'call-external', { timeoutSeconds: 30 }),
        complete: this.addFunction('CompleteTask', 'complete-task'),
        heartbeat: this.addFunction('HeartbeatTask', 'heartbeat-task'),
        get: this.addFunction('GetTask', 'get-task'),
        settle: this.addFunction('SettleTask', 'settle-task'),
        close: this.addFunction('CloseTask', 'close-task'),
        measureWaiting: this.addFunction('MeasureWaiting', 'measure-waiting'),
      },
    });
  }

  #addWorkflowRoutes(api: HttpApi, tasks: CallbackTasks, stateMachine: StateMachine): void {
    const environment = { STATE_MACHINE_ARN: stateMachine.arn, TASKS_TABLE_NAME: tasks.table.name };
    const starting = {
      environment: {
        ...environment,
        API_URL: api.url,
        RECORD_GRACE_SECONDS: String(this.#recordGraceSeconds),
      },
    };
    const startWorkflow = this.addFunction('StartWorkflow', 'start-workflow', starting);
    const startTask = this.addFunction('StartTask', 'start-task', starting);
    for (const start of [startWorkflow, startTask]) {
      stateMachine.grantStart(start);
      stateMachine.grantRead(start);
      tasks.table.grant(start, 'dynamodb:PutItem');
    }
    const get = this.addFunction('GetWorkflow', 'get-workflow', { environment });
    stateMachine.grantRead(get);
    tasks.table.grantRead(get);
    this.addRoutes(api, {
      'POST /workflows': startWorkflow,
      'GET /workflows/{workflowId}': get,
      'POST /tasks': startTask,
    });
  }

  #addCompositeRoutes(api: HttpApi, stateMachine: StateMachine): void {
    const environment = { STATE_MACHINE_ARN: stateMachine.arn };
    const start = this.addFunction('StartCompositeWorkflow', 'start-composite-workflow', {
      environment: { ...environment, API_URL: api.url },
    });
    stateMachine.grantStart(start);
    stateMachine.grantRead(start);
    const get = this.addFunction('GetCompositeWorkflow', 'get-composite-workflow', { environment });
    stateMachine.grantRead(get);
    this.addRoutes(api, {
      'POST /compositeWorkflows': start,
      'GET /compositeWorkflows/{compositeWorkflowId}': get,
    });
  }
}
