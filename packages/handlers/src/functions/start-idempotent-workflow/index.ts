import { systemClock as clock } from '../../clock';
import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { namedDependencies } from '../../idempotency/dependencies';
import { startIdempotent } from '../../idempotency/start-idempotent';
import { createLog } from '../../logging/logger';

const environment = readEnvironment<'start-idempotent-workflow'>();

export const handler = httpHandler(
  startIdempotent({ ...namedDependencies(environment), retentionDays: environment.RECORD_RETENTION_DAYS, clock }),
  { log: createLog() },
);
