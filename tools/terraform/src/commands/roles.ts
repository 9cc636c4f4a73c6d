#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, main } from '@workflows/command-line';
import { readPlannedStacks } from '../policy/planned-stack';
import { roleListing } from '../policy/role-listing';
import { findWorkspace } from '../workspace';

const ROLES = defineCommand({
  name: 'pnpm --filter @workflows/terraform run policy:update',
  description: `Writes the permissions of each role, according to the last pnpm plan, to tools/terraform/policy/roles.txt. Review the
change: the policy tests compare later plans with it.`,
  options: {},
  exitCodes: { 0: 'the file was written', 1: 'there is no plan' },
});

void main(ROLES, (_, { env, stdout }) => {
  const stacks = readPlannedStacks(env.PLAN_DIRECTORY ?? join(findWorkspace(__dirname).local, 'plan'));
  const file = join(__dirname, '../../policy/roles.txt');
  writeFileSync(file, roleListing(stacks));
  stdout(`Wrote ${file}: review it with git diff.\n`);
  return 0;
});
