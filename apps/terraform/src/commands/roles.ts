#!/usr/bin/env node
/** Writes down what each role may do now, for review: the policy tests hold later plans to it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlannedStacks } from '../policy/planned-stack';
import { roleStatements } from '../policy/statements';
import { runMain } from '../process/main';
import { findWorkspace } from '../workspace';

void runMain(async ({ env, print }) => {
  const stacks = readPlannedStacks(env.PLAN_DIRECTORY ?? join(findWorkspace(__dirname).local, 'plan'));
  const file = join(__dirname, '../../policy/roles.json');
  const roles = Object.fromEntries(
    stacks.map((stack) => [
      stack.name,
      Object.fromEntries(roleStatements(stack).map(({ role, statements }) => [role, statements])),
    ]),
  );
  writeFileSync(file, `${JSON.stringify(roles, null, 2)}\n`);
  print(`Wrote ${file}: review it with git diff.`);
  return 0;
});
