/**
 * Proves what `POST /workflow` promises for every order in which the calls of simultaneous requests, crashes, repeats
 * and the execution itself can come. The function is the real one, and the real conditions decide.
 */
import { Dynamo } from '../support/dynamo';
import { explore } from '../support/every-order/explore';
import { RememberedTable, type Sabotage } from '../support/every-order/remembered-table';
import { IdempotentStart, NAMES, type Request } from '../support/every-order/start/idempotent-start';

let dynamo: Dynamo;
let table: RememberedTable;
const tableWith = (sabotage?: Sabotage) => new RememberedTable(dynamo, NAMES, 'name', sabotage);
beforeAll(async () => {
  dynamo = await Dynamo.start();
  await dynamo.createTable(NAMES, 'name');
  table = tableWith();
});
afterAll(() => dynamo.stop());

const ask = (client: string, input = '1', key?: string): Request => ({
  client,
  input,
  ...(key === undefined ? {} : { key }),
});

it.each([
  { requests: [ask('first'), ask('second'), ask('third')], pastTheApi: [], lostAnswers: true },
  { requests: [ask('first'), ask('second'), ask('other', '2')], pastTheApi: [], lostAnswers: true },
  { requests: [ask('first'), ask('other', '2')], pastTheApi: ['1', '2'], lostAnswers: true },
  { requests: [ask('first', '1', 'key'), ask('again', '1', 'key'), ask('second')], pastTheApi: [], lostAnswers: false },
])(
  'keeps every promise in any order: %j',
  async (scope) => {
    const { counterexample, worlds } = await explore(new IdempotentStart(table, scope));

    expect(counterexample).toBeUndefined();
    expect(worlds).toBeGreaterThan(500);
  },
  300_000,
);

it.each([
  [
    'two are told that it is new',
    'attribute_not_exists(#executionArn)',
    '(attribute_not_exists(#executionArn) OR attribute_exists(#executionArn))',
  ],
  [
    'a reservation is overwritten',
    'attribute_not_exists(#name)',
    '(attribute_not_exists(#name) OR attribute_exists(#name))',
  ],
])('finds a bug put in on purpose: %s', async (_what, condition, instead) => {
  const sabotaged = tableWith((text) => text.replaceAll(condition, instead));
  const requests = [ask('first'), ask('second'), ask('other', '2')];

  const { counterexample } = await explore(
    new IdempotentStart(sabotaged, { requests, pastTheApi: [], lostAnswers: false }),
  );

  expect(counterexample).toMatch(/^all begins\n/);
});
