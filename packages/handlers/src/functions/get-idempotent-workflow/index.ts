import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { namedDependencies } from '../../idempotency/dependencies';
import { getIdempotent } from '../../idempotency/get-idempotent';
import { createLog } from '../../logging/logger';

export const handler = httpHandler(getIdempotent(namedDependencies(readEnvironment<'get-idempotent-workflow'>())), {
  log: createLog(),
});
