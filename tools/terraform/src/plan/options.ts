import { resolve } from 'node:path';
import { defineCommand, type ValuesOf } from '@workflows/command-line';
import { SynthesisError } from '@workflows/local-cloud';
import type { Workspace } from '../workspace';

export const PLAN = defineCommand({
  name: 'pnpm plan',
  description: `Synthesizes, then runs terraform init, validate and plan for each stack, without an AWS account and without a call to AWS.
Prints a table, and writes each plan as text and as JSON.`,
  options: {
    stack: { kind: 'list', valueName: 'name', description: 'plan only this stack; can be repeated' },
    account: {
      kind: 'flag',
      description: 'plan against the AWS account and the state that the environment configures',
    },
    out: {
      kind: 'text',
      valueName: 'path',
      description: 'folder for the plans',
      defaultDescription: '.local/plan',
    },
    detailedExitcode: { kind: 'flag', description: 'exit with 2 if the plans contain changes' },
    json: { kind: 'flag', description: 'print the summary as JSON instead of a table' },
  },
  expectedErrors: [SynthesisError],
  exitCodes: {
    0: 'every plan was created',
    1: 'a plan could not be created',
    2: 'with --detailed-exitcode: the plans contain changes',
  },
  // As Terraform: 2 says that there are changes.
  wrongUsage: 1,
});

export interface PlanOptions {
  readonly stacks: readonly string[];
  readonly account: boolean;
  readonly out: string;
  readonly detailedExitCode: boolean;
  readonly json: boolean;
}

/** @param cwd - where a relative path starts */
export function planOptions(values: ValuesOf<typeof PLAN>, workspace: Workspace, cwd: string): PlanOptions {
  const { account, detailedExitcode, json, out, stack } = values;
  return {
    stacks: stack,
    account,
    out: out === undefined ? resolve(workspace.local, 'plan') : resolve(cwd, out),
    detailedExitCode: detailedExitcode,
    json,
  };
}
