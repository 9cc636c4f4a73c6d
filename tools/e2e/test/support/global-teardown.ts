/**
 * The end of a local run: no log that it produced may hold a token of any task that it ran, and nothing may be left
 * running. Either fails the run, after the last test.
 */
import { scanForTokens } from '../../src/leaked-tokens';
import { loadTarget } from '../../src/target';
import { TasksTable } from '../../src/tasks-table';
import { shared } from './shared';

export default async function tearDown(): Promise<void> {
  const { runtime } = shared;
  if (runtime === undefined) {
    return;
  }
  const table = new TasksTable(loadTarget(process.env, process.cwd()).tasksTableName);
  try {
    const { leaks } = scanForTokens(runtime.logsDirectory, await table.tokens());
    if (leaks.length > 0) {
      throw new Error(`Tokens stand in logs: ${JSON.stringify(leaks.slice(0, 10), undefined, 2)}`);
    }
  } finally {
    table.close();
    await runtime.stop();
  }
}
