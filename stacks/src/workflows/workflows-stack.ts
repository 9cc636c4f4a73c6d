import { CallbackTasks } from '@workflows/callback-tasks';
import type { HttpApi, StateMachine } from '@workflows/constructs';
import { EXECUTION_RETENTION_DAYS, SECONDS_PER_DAY, STATE_MACHINES } from '@workflows/contract';
import { deploymentOf } from '@workflows/handlers/deployment';
import type { Construct } from 'constructs';
import type { Config } from '../config/config';
import { BaseStack } from '../shared/base-stack';
import { externalServiceBundle } from '../shared/bundles';
import { deploymentName } from '../shared/deployment-name';
import { compositeWorkflow } from './composite-definition';
import { workflow } from './workflow-definition';

/** Workflows that wait for an external service, on their own and nested, behind an API. */
export class WorkflowsStack extends BaseStack {
  constructor(scope: Construct, config: Config) {
    super(scope, 'WorkflowsStack', config);
    const api = this.addApi('WorkflowApi', 'workflow-api', config.apiAuthorization);
    const externalServiceUrl = config.externalServiceUrl ?? this.#addMock(api);
    const tasks = new CallbackTasks(this, 'Tasks', {
      namePrefix: deploymentName(config),
      protect: this.protectsData,
      api,
      externalServiceUrl,
      recordGraceSeconds: this.#recordGraceSeconds,
      createFunction: (id, props) => this.createFunction(id, props),
      monitoring: this.monitoring,
      waitingAlarmSeconds: config.waitingAlarmSeconds,
    });

    const workflowMachine = this.addStateMachine('Workflow', STATE_MACHINES.task, workflow(tasks));
    tasks.resume(workflowMachine);
    this.#addWorkflowRoutes(api, tasks, workflowMachine);

    const compositeMachine = this.addStateMachine(
      'CompositeWorkflow',
      STATE_MACHINES.composite,
      compositeWorkflow(workflowMachine),
    );
    this.#addCompositeRoutes(api, compositeMachine);

    this.addOutput('workflowApi', api.url);
    this.addOutput('workflowStateMachine', workflowMachine.arn);
    this.addOutput('compositeStateMachine', compositeMachine.arn);
    this.addOutput('tasksTable', tasks.table.name);
  }

  /** Seconds that a task's record outlives the 90 days for which AWS keeps its execution. */
  get #recordGraceSeconds(): number {
    return (this.config.recordRetentionDays - EXECUTION_RETENTION_DAYS) * SECONDS_PER_DAY;
  }

  /** Creates the mock with its own API, like a real external service. @returns the URL that receives tasks by POST */
  #addMock(workflowApi: HttpApi): string {
    const mock = this.createFunction('ExternalService', {
      name: this.resourceName('external-service'),
      ...deploymentOf('external-service', { ALLOWED_CALLBACK_URL_PREFIX: workflowApi.url }),
      bundle: externalServiceBundle(),
    });
    mock.grantInvoke(mock);
    const api = this.addApi('ServiceApi', 'service-api', 'NONE');
    this.addRoutes(api, { 'external-service': mock });
    this.addOutput('serviceApi', api.url);
    return `${api.url}external`;
  }

  #addWorkflowRoutes(api: HttpApi, tasks: CallbackTasks, stateMachine: StateMachine): void {
    const environment = { STATE_MACHINE_ARN: stateMachine.arn, TASKS_TABLE_NAME: tasks.table.name };
    const starting = {
      ...environment,
      API_URL: api.url,
      RECORD_GRACE_SECONDS: String(this.#recordGraceSeconds),
    };
    const startWorkflow = this.addFunction('StartWorkflow', 'start-workflow', starting);
    const startTask = this.addFunction('StartTask', 'start-task', starting);
    for (const start of [startWorkflow, startTask]) {
      stateMachine.grantStart(start);
      stateMachine.grantRead(start);
      tasks.table.grant(start, 'dynamodb:PutItem');
    }
    const get = this.addFunction('GetWorkflow', 'get-workflow', environment);
    stateMachine.grantRead(get);
    tasks.table.grantRead(get);
    this.addRoutes(api, {
      'start-workflow': startWorkflow,
      'get-workflow': get,
      'start-task': startTask,
    });
  }

  #addCompositeRoutes(api: HttpApi, stateMachine: StateMachine): void {
    const environment = { STATE_MACHINE_ARN: stateMachine.arn };
    const start = this.addFunction('StartCompositeWorkflow', 'start-composite-workflow', {
      ...environment,
      API_URL: api.url,
    });
    stateMachine.grantStart(start);
    stateMachine.grantRead(start);
    const get = this.addFunction('GetCompositeWorkflow', 'get-composite-workflow', environment);
    stateMachine.grantRead(get);
    this.addRoutes(api, { 'start-composite-workflow': start, 'get-composite-workflow': get });
  }
}
