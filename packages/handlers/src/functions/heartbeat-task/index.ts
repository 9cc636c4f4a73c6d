import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { callbackDependencies } from '../../tasks/dependencies';
import { heartbeatTask } from '../../tasks/heartbeat-task';

export const handler = httpHandler(heartbeatTask(callbackDependencies(readEnvironment<'heartbeat-task'>())), {
  log: createLog(),
});
