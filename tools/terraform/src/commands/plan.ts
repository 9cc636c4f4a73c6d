#!/usr/bin/env node
import { PLAN_USAGE, parsePlanOptions } from '../plan/options';
import { runPlan } from '../plan/run-plan';
import { runMain } from '../process/main';
import { findWorkspace } from '../workspace';

void runMain(async (context) => {
  const workspace = findWorkspace(__dirname);
  const options = parsePlanOptions(process.argv.slice(2), workspace, process.env.INIT_CWD ?? process.cwd());
  if (options.help) {
    context.print(PLAN_USAGE);
    return 0;
  }
  return runPlan(context, options, workspace);
});
