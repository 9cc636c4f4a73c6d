import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { requiredInteger, requiredVariable } from '../../environment';
import { httpHandler } from '../../http/handler';
import { NameStore } from '../../idempotency/name-store';
import { startIdempotent } from '../../idempotency/start-idempotent';
import { createLog } from '../../logging/logger';
import { Executions } from '../../workflows/executions';

export const handler = httpHandler(
  startIdempotent({
    names: new NameStore({
      client: createDynamoDbClient(),
      tableName: requiredVariable('IDEMPOTENCY_TABLE_NAME'),
      clock,
    }),
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: requiredVariable('STATE_MACHINE_ARN'),
    retentionDays: requiredInteger('RECORD_RETENTION_DAYS', 1),
    clock,
  }),
  { log: createLog() },
);
