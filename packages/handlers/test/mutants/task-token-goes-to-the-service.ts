import * as original from '../../src/tasks/call-external';
import type { Replacement } from './mutating';

export * from '../../src/tasks/call-external';

export const callExternal: Replacement<typeof original, 'callExternal'> = (dependencies, event) =>
  original.callExternal(
    {
      ...dependencies,
      callService(request, attempt) {
        const withTaskToken = { ...request, taskToken: event.taskToken };
        return dependencies.callService(withTaskToken, attempt);
      },
    },
    event,
  );
