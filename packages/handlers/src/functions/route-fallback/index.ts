import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { parseRouteKeys, routeFallback } from '../../http/route-fallback';
import { createLog } from '../../logging/logger';

const environment = readEnvironment<'route-fallback'>();

export const handler = httpHandler(routeFallback(parseRouteKeys(environment.API_ROUTES)), {
  log: createLog(),
});
