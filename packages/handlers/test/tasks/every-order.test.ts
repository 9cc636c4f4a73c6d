/**
 * Proves the promises around one task for every order in which its functions' calls, its execution, its operator and
 * its external service can act, within small scopes. The functions are the real ones, and the real conditions decide.
 */
import { Dynamo } from '../support/dynamo';
import { CallbackTask } from '../support/every-order/callback-task/callback-task';
import { TABLE } from '../support/every-order/callback-task/invocation';
import { explore } from '../support/every-order/explore';
import { RememberedTable, type Sabotage } from '../support/every-order/remembered-table';

let dynamo: Dynamo;
let table: RememberedTable;
const tableWith = (sabotage?: Sabotage) => new RememberedTable(dynamo, TABLE, 'taskId', sabotage);
beforeAll(async () => {
  dynamo = await Dynamo.start();
  await dynamo.createTasksTable(TABLE);
  table = tableWith();
});
afterAll(() => dynamo.stop());

const SCOPE = { attempts: 1, redrives: 0, callbacks: ['success'], events: 1, lostAnswers: false };

it.each([
  { callbacks: ['success', 'success', 'failure'] },
  { attempts: 2 },
  { callbacks: ['failure'], events: 2, lostAnswers: true },
  { attempts: 2, callbacks: ['retried failure'] },
  { redrives: 1 },
  { callbacks: ['failure'], redrives: 1 },
])(
  'keeps every promise in any order: %j',
  async (scope) => {
    const { counterexample, worlds } = await explore(new CallbackTask(table, { ...SCOPE, ...scope }));

    expect(counterexample).toBeUndefined();
    expect(worlds).toBeGreaterThan(500);
  },
  300_000,
);

it.each([
  ['a late callback opens a closed task', '#status = :pending', '(#status = :pending OR #status <> :pending)'],
  ['a stopped execution leaves its task pending', '#status <> :status', '#status = :status'],
  ['a run that was closed goes on', '#redriveCount < :redriveCount', '#redriveCount <= :redriveCount'],
])('finds a bug put in on purpose: %s', async (_what, condition, instead) => {
  const sabotaged = tableWith((text) => text.replaceAll(condition, instead));

  const { counterexample } = await explore(
    new CallbackTask(sabotaged, { ...SCOPE, callbacks: ['success', 'failure'] }),
  );

  expect(counterexample).toMatch(/^all begins\n/);
});
