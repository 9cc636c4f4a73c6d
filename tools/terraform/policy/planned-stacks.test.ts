/** What holds for every stack as it was planned. Run by `pnpm policy` over the plans of `pnpm plan`, not by `pnpm test`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlannedStacks } from '../src/policy/planned-stack';
import { roleListing } from '../src/policy/role-listing';
import { RULES } from '../src/policy/rules';

const plans = process.env.PLAN_DIRECTORY ?? join(__dirname, '../../../.local/plan');
const stacks = readPlannedStacks(plans);

describe.each(stacks.map((stack) => [stack.name, stack] as const))('%s', (_, stack) => {
  it.each(RULES.map((rule) => [rule.title, rule] as const))('%s', (__, rule) => {
    expect(rule.violations(stack)).toEqual([]);
  });
});

it('each role may do exactly what roles.txt lists', () => {
  expect(roleListing(stacks)).toBe(readFileSync(join(__dirname, 'roles.txt'), 'utf8'));
});
