import { ExecutionStatusEvent } from '@workflows/contract/schemas';
import { readEnvironment } from '../../environment';
import { taskFunction } from '../../task-function';
import { closeTask } from '../../tasks/close-task';
import { recordDependencies } from '../../tasks/dependencies';

const dependencies = recordDependencies(readEnvironment<'close-task'>());

export const handler = taskFunction(ExecutionStatusEvent, dependencies.log, (event) => closeTask(dependencies, event));
