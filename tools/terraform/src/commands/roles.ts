#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineCommand, main } from '@workflows/command-line';
import { readPlannedStacks } from '../policy/planned-stack';
import { roleListing } from '../policy/role-listing';
import { findWorkspace } from '../workspace';

const ROLES = defineCommand({
  name: 'pnpm --filter @workflows/terraform run policy:update',
  description: `Writes what each role may do, as the last pnpm plan says, to tools/terraform/policy/roles.txt. Review the change: the policy
tests hold later plans to it.`,
  options: {},
  exitCodes: { 0: 'the file is written', 1: 'there is no plan' },
});

void main(ROLES, (_, { env, stdout }) => {
  const stacks = readPlannedStacks(env.PLAN_DIRECTORY ?? join(findWorkspace(__dirname).local, 'plan'));
  const file = join(__dirname, '../../policy/roles.txt');
  writeFileSync(file, roleListing(stacks));
  stdout(`Wrote ${file}: review it with git diff.\n`);
  return 0;
});
