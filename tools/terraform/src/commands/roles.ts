#!/usr/bin/env node
/** Writes down what each role may do now, for review: the policy tests hold later plans to it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlannedStacks } from '../policy/planned-stack';
import { roleListing } from '../policy/role-listing';
import { runMain } from '../process/main';
import { findWorkspace } from '../workspace';

void runMain(async ({ env, print }) => {
  const stacks = readPlannedStacks(env.PLAN_DIRECTORY ?? join(findWorkspace(__dirname).local, 'plan'));
  const file = join(__dirname, '../../policy/roles.txt');
  writeFileSync(file, roleListing(stacks));
  print(`Wrote ${file}: review it with git diff.`);
  return 0;
});
