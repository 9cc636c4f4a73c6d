import { requiredVariable } from '../../environment';
import { httpHandler } from '../../http/handler';
import { parseRouteKeys, routeFallback } from '../../http/route-fallback';
import { createLog } from '../../logging/logger';

export const handler = httpHandler(routeFallback(parseRouteKeys(requiredVariable('API_ROUTES'))), {
  log: createLog(),
});
