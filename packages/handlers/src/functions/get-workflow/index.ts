import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { createTasks } from '../../tasks/dependencies';
import { createExecutions } from '../../workflows/dependencies';
import { getWorkflow } from '../../workflows/get-workflow';

const environment = readEnvironment<'get-workflow'>();

export const handler = httpHandler(getWorkflow({ ...createExecutions(environment), tasks: createTasks(environment) }), {
  log: createLog(),
});
