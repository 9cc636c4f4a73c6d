import { readEnvironment } from '../../environment';
import { httpHandler } from '../../http/handler';
import { createLog } from '../../logging/logger';
import { createExecutions } from '../../workflows/dependencies';
import { getCompositeWorkflow } from '../../workflows/get-workflow';

export const handler = httpHandler(
  getCompositeWorkflow(createExecutions(readEnvironment<'get-composite-workflow'>())),
  {
    log: createLog(),
  },
);
