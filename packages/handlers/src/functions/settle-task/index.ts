import { SettleTaskEvent } from '@workflows/contract/schemas';
import { readEnvironment } from '../../environment';
import { taskFunction } from '../../task-function';
import { recordDependencies } from '../../tasks/dependencies';
import { settleTask } from '../../tasks/settle-task';

const dependencies = recordDependencies(readEnvironment<'settle-task'>());

export const handler = taskFunction(SettleTaskEvent, dependencies.log, (event) => settleTask(dependencies, event));
