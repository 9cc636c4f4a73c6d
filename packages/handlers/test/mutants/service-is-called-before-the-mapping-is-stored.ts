import * as original from '../../src/tasks/call-external';
import { overriding, type Replacement } from './mutating';

export * from '../../src/tasks/call-external';

export const callExternal: Replacement<typeof original, 'callExternal'> = (dependencies, event) => {
  const { apiUrl, callService, tasks } = dependencies;
  return original.callExternal(
    {
      ...dependencies,
      callService: async () => undefined,
      tasks: overriding(tasks, {
        async beginAttempt(attempt) {
          const { resumeToken, taskId: id } = attempt;
          await callService(
            { id, resumeToken, callbackUrl: `${apiUrl}tasks/${id}`, payload: event.input },
            event.attempt,
          );
          return tasks.beginAttempt(attempt);
        },
      }),
    },
    event,
  );
};
