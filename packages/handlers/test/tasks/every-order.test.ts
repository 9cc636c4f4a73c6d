/**
 * Proves the promises around one task for every order in which its functions' calls, its execution, its operator and
 * its external service can act, within small scopes. The functions are the real ones, and the real conditions decide.
 */
import { Dynamo } from '../support/dynamo';
import { explore } from '../support/every-order/explore';
import { TABLE, TASK_ID } from '../support/every-order/invocation';
import { RememberedTable, type Sabotage } from '../support/every-order/remembered-table';

let dynamo: Dynamo;
let table: RememberedTable;
const tableWith = (sabotage?: Sabotage) => new RememberedTable(dynamo, TABLE, { taskId: TASK_ID }, sabotage);
beforeAll(async () => {
  dynamo = await Dynamo.start();
  await dynamo.createTasksTable(TABLE);
  table = tableWith();
});
afterAll(() => dynamo.stop());

it.each([
  { attempts: 1, redrives: 0, callbacks: ['success', 'success', 'failure'], events: 1 },
  { attempts: 2, redrives: 0, callbacks: ['success'], events: 1 },
  { attempts: 1, redrives: 0, callbacks: ['failure'], events: 2 },
  { attempts: 1, redrives: 1, callbacks: ['failure'], events: 1 },
  { attempts: 1, redrives: 1, callbacks: ['success'], events: 1 },
])(
  'keeps every promise in any order: %j',
  async (scope) => {
    expect((await explore(table, scope)).counterexample).toBeUndefined();
  },
  600_000,
);

it.each([
  ['a late callback opens a closed task', '#status = :pending', '(#status = :pending OR #status <> :pending)'],
  ['a stopped execution leaves its task pending', '#status <> :status', '#status = :status'],
  ['a drive that was closed goes on', '#redriveCount < :redriveCount', '#redriveCount <= :redriveCount'],
])('finds a bug put in on purpose: %s', async (_what, condition, instead) => {
  const scope = { attempts: 1, redrives: 0, callbacks: ['success', 'failure'], events: 1 };

  const { counterexample } = await explore(
    tableWith((text) => text.replaceAll(condition, instead)),
    scope,
  );

  expect(counterexample).toMatch(/^the task is started\n/);
});
