import type { EnvironmentOf } from '@workflows/contract';
import { createDynamoDbClient } from '../aws/clients';
import { systemClock as clock } from '../clock';
import { createExecutions } from '../workflows/dependencies';
import { NameStore } from './name-store';

/** What a function depends on that looks after a named execution. */
export const namedDependencies = (environment: EnvironmentOf<'get-idempotent-workflow'>) => ({
  ...createExecutions(environment),
  names: new NameStore({ client: createDynamoDbClient(), tableName: environment.IDEMPOTENCY_TABLE_NAME, clock }),
});
