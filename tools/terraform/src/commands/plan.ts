#!/usr/bin/env node
import { main } from '@workflows/command-line';
import { withProgress } from '../context';
import { PLAN, planOptions } from '../plan/options';
import { runPlan } from '../plan/run-plan';
import { findWorkspace } from '../workspace';

void main(PLAN, (values, context) => {
  const workspace = findWorkspace(__dirname);
  const options = planOptions(values, workspace, process.env.INIT_CWD ?? process.cwd());
  return runPlan(withProgress(context), options, workspace);
});
