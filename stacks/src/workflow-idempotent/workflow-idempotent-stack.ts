import { Table } from '@workflows/constructs';
import { IDEMPOTENCY_TABLE, STATE_MACHINES } from '@workflows/contract';
import type { Construct } from 'constructs';
import type { Config } from '../config/config';
import { BaseStack } from '../shared/base-stack';
import { workflowIdempotent } from './definition';

/** A state machine behind an API that starts it once per name. */
export class WorkflowIdempotentStack extends BaseStack {
  constructor(scope: Construct, config: Config) {
    super(scope, 'WorkflowIdempotentStack', config);
    const stateMachine = this.addStateMachine('WorkflowIdempotent', STATE_MACHINES.idempotent, workflowIdempotent());
    const records = new Table(this, 'IdempotencyRecords', {
      name: this.resourceName('idempotency-records'),
      ...IDEMPOTENCY_TABLE,
      protect: this.protectsData,
    });
    const environment = { STATE_MACHINE_ARN: stateMachine.arn, IDEMPOTENCY_TABLE_NAME: records.name };

    const start = this.addFunction('StartIdempotentWorkflow', 'start-idempotent-workflow', {
      ...environment,
      RECORD_RETENTION_DAYS: String(config.recordRetentionDays),
    });
    stateMachine.grantStart(start);
    stateMachine.grantRead(start);
    records.grantReadWrite(start);

    const get = this.addFunction('GetIdempotentWorkflow', 'get-idempotent-workflow', environment);
    stateMachine.grantRead(get);
    records.grantRead(get);

    const api = this.addApi('Api', 'idempotent-api', config.apiAuthorization);
    this.addRoutes(api, { 'start-idempotent-workflow': start, 'get-idempotent-workflow': get });

    this.addOutput('idempotentApi', api.url);
    this.addOutput('idempotentStateMachine', stateMachine.arn);
  }
}
