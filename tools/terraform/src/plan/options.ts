import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../process/main';
import type { Workspace } from '../workspace';

export const PLAN_USAGE = `Usage: pnpm plan [--stack NAME]... [--account] [--out DIR] [--detailed-exitcode] [--json]

Synthesizes, then runs terraform init, validate and plan for each stack, without an AWS account and without a call to AWS.
Prints a table, and writes each plan as text and as JSON.

  --stack NAME         only this stack; may be given several times
  --account            plan against the account and the state that the environment configures
  --out DIR            where the plans go (default: .local/plan)
  --detailed-exitcode  exit with 2 when the plans contain changes
  --json               print the summary as JSON instead of a table
  --help               print this

Exit code: 0 when every plan could be made, 1 when not, 2 see above.`;

export interface PlanOptions {
  readonly stacks: readonly string[];
  readonly account: boolean;
  readonly out: string;
  readonly detailedExitCode: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws {CommandError} naming an argument that is not known */
export function parsePlanOptions(args: readonly string[], workspace: Workspace, cwd: string): PlanOptions {
  const { values } = readCommandLine(args, PLAN_USAGE, (given) =>
    parseArgs({
      args: given,
      options: {
        stack: { type: 'string', multiple: true, default: [] },
        account: { type: 'boolean', default: false },
        out: { type: 'string' },
        'detailed-exitcode': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }),
  );
  return {
    stacks: values.stack,
    account: values.account,
    out: values.out === undefined ? resolve(workspace.local, 'plan') : resolve(cwd, values.out),
    detailedExitCode: values['detailed-exitcode'],
    json: values.json,
    help: values.help,
  };
}
