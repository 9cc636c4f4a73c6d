import { Table } from '@workflows/constructs';
import type { Construct } from 'constructs';
import type { Config } from '../config/config';
import { BaseStack } from '../shared/base-stack';
import { workflowIdempotent } from './definition';

/** A state machine behind an API that starts it once per name. */
export class WorkflowIdempotentStack extends BaseStack {
  constructor(scope: Construct, config: Config) {
    super(scope, 'WorkflowIdempotentStack', config);
    const stateMachine = this.addStateMachine('WorkflowIdempotent', 'WorkflowIdempotent', workflowIdempotent());
    const records = new Table(this, 'IdempotencyRecords', {
      name: this.resourceName('idempotency-records'),
      partitionKey: 'name',
      ttlAttribute: 'expiresAt',
      protect: this.protectsData,
    });
    const environment = { STATE_MACHINE_ARN: stateMachine.arn, IDEMPOTENCY_TABLE_NAME: records.name };

    const start = this.addFunction('StartIdempotentWorkflow', 'start-idempotent-workflow', {
      environment: { ...environment, RECORD_RETENTION_DAYS: String(config.recordRetentionDays) },
    });
    stateMachine.grantStart(start);
    stateMachine.grantRead(start);
    records.grantReadWrite(start);

    const get = this.addFunction('GetIdempotentWorkflow', 'get-idempotent-workflow', { environment });
    stateMachine.grantRead(get);
    records.grantRead(get);

    const api = this.addApi('Api', 'idempotent-api', config.apiAuthorization);
    this.addRoutes(api, { 'POST /workflow': start, 'GET /workflow/{name}': get });

    this.addOutput('WorkflowIdempotentApiEndpoint', 'Base URL of the API', api.url);
    this.addOutput('WorkflowIdempotentStateMachineArn', 'ARN of the state machine', stateMachine.arn);
  }
}
