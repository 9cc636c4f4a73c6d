import * as original from '../../src/tasks/complete-task';
import { deliverOutcome } from '../../src/tasks/delivery';
import { overriding, type Replacement } from './mutating';

export * from '../../src/tasks/complete-task';

export const completeTask: Replacement<typeof original, 'completeTask'> = (dependencies) => {
  const { sfn, tasks } = dependencies;
  return original.completeTask({
    ...dependencies,
    tasks: overriding(tasks, {
      async recordOutcome(taskId, resumeToken, outcome) {
        const record = await tasks.get(taskId);
        await deliverOutcome(sfn, record?.taskToken ?? '', outcome);
        return tasks.recordOutcome(taskId, resumeToken, outcome);
      },
    }),
  });
};
