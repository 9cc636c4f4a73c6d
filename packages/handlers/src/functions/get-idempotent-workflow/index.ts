import { createDynamoDbClient, createStepFunctionsClient } from '../../aws/clients';
import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { getIdempotent } from '../../idempotency/get-idempotent';
import { NameStore } from '../../idempotency/name-store';
import { createLog } from '../../logging/logger';
import { Executions } from '../../workflows/executions';

const environment = readEnvironment<'get-idempotent-workflow'>();

export const handler = httpHandler(
  getIdempotent({
    names: new NameStore({
      client: createDynamoDbClient(),
      tableName: environment.IDEMPOTENCY_TABLE_NAME,
      clock,
    }),
    executions: new Executions({ client: createStepFunctionsClient() }),
    stateMachineArn: environment.STATE_MACHINE_ARN,
  }),
  { log: createLog() },
);
