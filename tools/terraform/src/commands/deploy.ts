#!/usr/bin/env node
import { DEPLOY_USAGE, parseDeployOptions } from '../deploy/options';
import { runDeploy } from '../deploy/run-deploy';
import { runMain } from '../process/main';
import { findWorkspace } from '../workspace';

void runMain(async (context) => {
  const options = parseDeployOptions(process.argv.slice(2));
  if (options.help) {
    context.print(DEPLOY_USAGE);
    return 0;
  }
  return runDeploy(context, options, findWorkspace(__dirname));
});
