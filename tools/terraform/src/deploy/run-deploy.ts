/** `pnpm e2e:deploy`: from nothing to a tested deployment and back to nothing. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context';
import { setUpProviders } from '../terraform/cli-config';
import { merge, terraformEnvironment } from '../terraform/environment';
import { findTerraform } from '../terraform/executable';
import { requiredProviders, synthesize } from '../terraform/synthesis';
import type { Workspace } from '../workspace';
import { type Configuration, configure, regionOf } from './configuration';
import { freePort } from './free-port';
import { startFront } from './front';
import { leftovers, takeInventory } from './inventory';
import { checkIsolation } from './isolation';
import { startMiniStack } from './ministack';
import { type DeployOptions, type DeployTarget, deployTarget } from './options';
import { Problems } from './problems';
import { type DeployReport, reportText } from './report';
import { prepareStage, readOutputs } from './stage';
import { StageRun } from './stage-run';
import { runSuite, type SuiteResult } from './suite';

/** One run: what to deploy to, and what has gone wrong so far. */
interface Run {
  readonly context: Context;
  readonly workspace: Workspace;
  readonly target: DeployTarget['name'];
  /** The target was started for this run and ends with it, and everything in it. */
  readonly isOurs: boolean;
  readonly configuration: Configuration;
  readonly problems: Problems;
}

/**
 * Runs it all. A failed step does not keep the later ones from cleaning up and from being reported.
 *
 * @returns the exit code
 * @throws {CommandError} when there is nothing to deploy to or with
 */
export async function runDeploy(context: Context, options: DeployOptions, workspace: Workspace): Promise<number> {
  const { env, lifetime } = context;
  const target = deployTarget(env);
  const terraform = await findTerraform(env, lifetime.signal);
  const endpoint = await endpointOf(target, context, workspace);
  const run: Run = {
    context,
    workspace,
    target: target.name,
    isOurs: target.name === 'hybrid' || (target.name === 'emulator' && target.endpoint === undefined),
    configuration: configure(env, endpoint),
    problems: new Problems(lifetime.signal),
  };
  const stages = await prepareStages(run, terraform.file, environments(env, options));

  const before = await takeInventory(run.configuration.account);
  if (!run.isOurs) {
    lifetime.atEnd(() => destroyRest(stages));
  }
  const suite = await exercise(run, stages);
  await destroyAll(run, stages);
  const left = await findLeftovers(run, before);

  const { all: problems } = run.problems;
  const report: DeployReport = {
    target: target.name,
    stages: stages.map((it) => it.report()),
    suite,
    leftovers: left,
    problems,
  };
  writeReport(context, options, workspace, report);
  return problems.length === 0 ? 0 : 1;
}

/** Starts what has to be started. @returns `undefined` for AWS itself */
async function endpointOf(target: DeployTarget, context: Context, workspace: Workspace): Promise<string | undefined> {
  switch (target.name) {
    case 'aws':
      return undefined;
    case 'emulator':
      return target.endpoint ?? (await startMiniStack(context, workspace));
    case 'hybrid': {
      const port = await freePort();
      const endpoint = `http://localhost:${port}`;
      const emulator = await startMiniStack(context, workspace, endpoint);
      await startFront(context, workspace, { port, region: regionOf(context.env), emulator });
      return endpoint;
    }
  }
}

function environments(env: NodeJS.ProcessEnv, { twoStages }: DeployOptions): string[] {
  const first = env.WORKFLOWS_ENVIRONMENT || 'dev';
  return twoStages ? [first, first === 'other' ? 'dev' : 'other'] : [first];
}

/** Synthesizes once, to time it and to learn which providers are needed; `cdktf` does it again for each stage. */
async function prepareStages(run: Run, terraform: string, names: readonly string[]): Promise<StageRun[]> {
  const { context, workspace, configuration } = run;
  const { env, lifetime, progress } = context;
  const startedAt = performance.now();
  const synthesized = await progress.step('synthesize', () =>
    synthesize(workspace, {
      outputDirectory: join(workspace.scratch, 'synth'),
      cwd: workspace.root,
      env: configuration.env,
      signal: lifetime.signal,
    }),
  );
  const synthSeconds = (performance.now() - startedAt) / 1000;

  const providers = setUpProviders(requiredProviders(synthesized), { env, workingDirectory: workspace.root });
  lifetime.atEnd(providers.remove);
  const terraformEnv = terraformEnvironment(configuration.env, providers, workspace);
  if (terraformEnv.TF_PLUGIN_CACHE_DIR !== undefined) {
    mkdirSync(terraformEnv.TF_PLUGIN_CACHE_DIR, { recursive: true });
  }

  return names.map((environment) => {
    const place = {
      environment,
      terraform,
      directory: join(workspace.scratch, 'deploy', environment),
      env: merge(terraformEnv, { WORKFLOWS_ENVIRONMENT: environment, CI: '1' }),
    };
    const stage = prepareStage(place, workspace, { forgetState: run.isOurs });
    return new StageRun(context, stage, { target: run.target, account: configuration.account, synthSeconds });
  });
}

/** Deploys and looks at what was deployed. */
async function exercise(run: Run, stages: readonly StageRun[]): Promise<SuiteResult | undefined> {
  const { context, workspace, target, configuration, problems } = run;
  const [first, second] = stages;
  let result: SuiteResult | undefined;
  await problems.collect(async () => {
    for (const stage of stages) {
      await stage.deploy();
    }
    await problems.collect(async () => {
      if (first === undefined) {
        return;
      }
      const { outputsFile } = first.stage;
      result = await runSuite(context, workspace, { target, outputsFile, targetEnv: configuration.targetEnv });
      if (result.failed > 0) {
        problems.add(`${result.failed} e2e tests failed`);
      }
    });
    await problems.collect(async () => {
      if (first === undefined || second === undefined) {
        return;
      }
      await context.progress.step('check that the stages are isolated', () =>
        checkIsolation(readOutputs(first.stage), readOutputs(second.stage)),
      );
    });
    for (const stage of stages) {
      await problems.collect(() => stage.planAgain());
    }
  });
  return result;
}

async function destroyAll({ problems }: Run, stages: readonly StageRun[]): Promise<void> {
  for (const [index, stage] of stages.entries()) {
    await problems.collect(() => stage.destroy());
    // What is still there must not have been touched.
    for (const other of stages.slice(index + 1)) {
      await problems.collect(() => other.planAgain());
    }
  }
}

/** After an interruption, what was deployed into an account that outlives the run is taken away again. */
async function destroyRest(stages: readonly StageRun[]): Promise<void> {
  for (const stage of stages) {
    await stage.destroy(new AbortController().signal);
  }
}

async function findLeftovers(run: Run, before: Awaited<ReturnType<typeof takeInventory>>): Promise<string[]> {
  const { context, configuration, isOurs, problems } = run;
  let left: string[] = [];
  await problems.collect(async () => {
    const after = await context.progress.step('look for leftovers', () => takeInventory(configuration.account));
    left = leftovers(before, after, isOurs ? '' : `${configuration.prefix}-`);
    if (left.length > 0) {
      problems.add(`left behind: ${left.join('; ')}`);
    }
  });
  return left;
}

function writeReport(
  { env, stdout }: Context,
  options: DeployOptions,
  workspace: Workspace,
  report: DeployReport,
): void {
  const json = JSON.stringify(report, null, 2);
  mkdirSync(workspace.local, { recursive: true });
  writeFileSync(join(workspace.local, `deploy-report.${report.target}.json`), `${json}\n`);
  if (env.GITHUB_STEP_SUMMARY !== undefined) {
    appendFileSync(env.GITHUB_STEP_SUMMARY, `## Deployment\n\n\`\`\`text\n${reportText(report)}\n\`\`\`\n`);
  }
  stdout(`${options.json ? json : reportText(report)}\n`);
}
