import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { startDependencies } from '../../tasks/dependencies';
import { startTaskRoute } from '../../workflows/start-routes';

export const handler = httpHandler(startTaskRoute(startDependencies(readEnvironment<'start-task'>())), {
  log: createLog(),
});
