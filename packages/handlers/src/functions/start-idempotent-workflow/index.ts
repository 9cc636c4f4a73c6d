import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { NameStore } from '../../idempotency/name-store';
import { startIdempotent } from '../../idempotency/start-idempotent';
import { createLog } from '../../logging/logger';
import { Executions } from '../../workflows/executions';

const environment = readEnvironment<'start-idempotent-workflow'>();

export const handler = httpHandler(
  startIdempotent({
    names: new NameStore({
      client: createDynamoDbClient(),
      tableName: environment.IDEMPOTENCY_TABLE_NAME,
      clock,
    }),
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: environment.STATE_MACHINE_ARN,
    retentionDays: environment.RECORD_RETENTION_DAYS,
    clock,
  }),
  { log: createLog() },
);
