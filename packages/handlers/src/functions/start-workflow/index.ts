import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { startDependencies } from '../../tasks/dependencies';
import { startWorkflowRoute } from '../../workflows/start-routes';

export const handler = httpHandler(startWorkflowRoute(startDependencies(readEnvironment<'start-workflow'>())), {
  log: createLog(),
});
