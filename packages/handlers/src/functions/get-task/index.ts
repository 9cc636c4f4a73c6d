import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { createTasks } from '../../tasks/dependencies';
import { getTask } from '../../tasks/get-task';

export const handler = httpHandler(getTask({ tasks: createTasks(readEnvironment<'get-task'>()) }), {
  log: createLog(),
});
