import { Dynamo } from '../../dynamo';
import { type Explored, explore } from '../explore';
import { RememberedTable, type Sabotage } from '../remembered-table';
import { CallbackTask } from './callback-task';
import { TABLE } from './invocation';
import type { Scope } from './world';

const SCOPE: Scope = { attempts: 1, redrives: 0, callbacks: ['success'], events: 1, lostAnswers: false };

/**
 * A Tasks table for the tests of one file, and the search over it.
 *
 * @returns a function that begins a search with a table of its own, sabotaged or not, that all its scopes share
 */
export function searchEveryOrder(): (sabotage?: Sabotage) => (scope: Partial<Scope>) => Promise<Explored> {
  let dynamo: Dynamo;
  beforeAll(async () => {
    dynamo = await Dynamo.start();
    await dynamo.createTasksTable(TABLE);
  });
  afterAll(() => dynamo.stop());
  return (sabotage) => {
    const table = new RememberedTable(dynamo, TABLE, 'taskId', sabotage);
    return (scope) => explore(new CallbackTask(table, { ...SCOPE, ...scope }));
  };
}

/** A test for each scope: no order of what it lets happen breaks a promise. */
export function itKeepsEveryPromise(scopes: readonly Partial<Scope>[]): void {
  const begin = searchEveryOrder();
  let search: ReturnType<typeof begin>;
  beforeAll(() => {
    search = begin();
  });
  it.each(scopes)('keeps every promise in any order: %j', async (scope) => {
    const { counterexample, worlds } = await search(scope);

    expect(counterexample).toBeUndefined();
    expect(worlds).toBeGreaterThan(500);
  });
}
