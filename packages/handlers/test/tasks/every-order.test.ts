/**
 * Proves the promises around one task for every order in which its functions' calls, its execution, its operator and
 * its external service can act, within scopes that are small enough for every `pnpm test`. The functions are the real
 * ones, and the real conditions decide. `pnpm test:exhaustive` searches the large scopes.
 */
import { itKeepsEveryPromise, searchEveryOrder } from '../support/every-order/callback-task/every-promise';

const SCOPES = [
  { callbacks: ['success', 'failure'] },
  { attempts: 2 },
  { callbacks: ['failure'], lostAnswers: true },
  { callbacks: ['failure'], redrives: 1, events: 0 },
];

itKeepsEveryPromise(SCOPES);

describe('a bug put in on purpose', () => {
  const begin = searchEveryOrder();

  it.each([
    ['a late callback opens a closed task', '#status = :pending', '(#status = :pending OR #status <> :pending)'],
    ['a stopped execution leaves its task pending', '#status <> :status', '#status = :status'],
    ['a run that was closed goes on', '#redriveCount < :redriveCount', '#redriveCount <= :redriveCount'],
  ])('is found within the small scopes: %s', async (_what, condition, instead) => {
    const search = begin((text) => text.replaceAll(condition, instead));

    let found: string | undefined;
    for (const scope of SCOPES) {
      found ??= (await search(scope)).counterexample;
    }

    expect(found).toMatch(/^all begins\n/);
  });
});
