/** What holds for every stack as it was planned. Run by `pnpm policy` over the plans of `pnpm plan`, not by `pnpm test`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, readPlannedStacks, roleStatements } from '../src';

const plans = process.env.PLAN_DIRECTORY ?? join(__dirname, '../../../.local/plan');
const stacks = readPlannedStacks(plans);
const expected: unknown = JSON.parse(readFileSync(join(__dirname, 'roles.json'), 'utf8'));

describe.each(stacks.map((stack) => [stack.name, stack] as const))('%s', (_, stack) => {
  it.each(RULES.map((rule) => [rule.title, rule] as const))('%s', (__, rule) => {
    expect(rule.violations(stack)).toEqual([]);
  });
});

it('each role may do exactly what roles.json lists', () => {
  const planned = stacks.map((stack) => [
    stack.name,
    Object.fromEntries(roleStatements(stack).map(({ role, statements }) => [role, statements])),
  ]);

  expect(Object.fromEntries(planned)).toEqual(expected);
});
