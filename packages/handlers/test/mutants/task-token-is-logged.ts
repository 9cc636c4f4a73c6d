import * as original from '../../src/tasks/call-external';
import { overriding, type Replacement } from './mutating';

export * from '../../src/tasks/call-external';

export const callExternal: Replacement<typeof original, 'callExternal'> = (dependencies, event) => {
  const { log } = dependencies;
  const info: typeof log.info = (message, fields) => log.info(`${message} ${event.taskToken}`, fields);
  return original.callExternal({ ...dependencies, log: overriding(log, { info }) }, event);
};
