import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { createExecutions } from '../../workflows/dependencies';
import { startCompositeRoute } from '../../workflows/start-routes';

const environment = readEnvironment<'start-composite-workflow'>();

export const handler = httpHandler(
  startCompositeRoute({ ...createExecutions(environment), apiUrl: environment.API_URL }),
  { log: createLog() },
);
