import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { completeTask } from '../../tasks/complete-task';
import { callbackDependencies } from '../../tasks/dependencies';

const log = createLog();

export const handler = httpHandler(completeTask({ ...callbackDependencies(readEnvironment<'complete-task'>()), log }), {
  log,
});
