/** `pnpm e2e:deploy`: from nothing to a tested deployment and back to nothing. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../process/main';
import { setUpProviders } from '../terraform/cli-config';
import { appEnvironment, merge, terraformEnvironment } from '../terraform/environment';
import { findTerraform } from '../terraform/executable';
import { requiredProviders, synthesize } from '../terraform/synthesis';
import type { Workspace } from '../workspace';
import { type Account, leftovers, takeInventory } from './inventory';
import { checkIsolation } from './isolation';
import { startMiniStack } from './ministack';
import { type DeployOptions, deployTarget } from './options';
import { type DeployReport, reportText } from './report';
import { prepareStage, readOutputs, type Stage } from './stage';
import { StageRun } from './stage-run';
import { runSuite, type SuiteResult } from './suite';

/** Credentials that emulators accept. */
const EMULATOR_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' } as const;
const DEFAULT_REGION = 'us-east-1';
/** Keeps a run apart from deployments of the same environment in the same account. */
const NAME_PREFIX = 'e2e';

/**
 * Runs it all. A failed step does not keep the later ones from cleaning up and from being reported.
 *
 * @returns the exit code
 * @throws {CommandError} when there is nothing to deploy to or with
 */
export async function runDeploy(context: Context, options: DeployOptions, workspace: Workspace): Promise<number> {
  const { env, lifetime, progress } = context;
  const target = deployTarget(env);
  const terraform = await findTerraform(env, lifetime.signal);
  const endpoint = target.name === 'aws' ? undefined : (target.endpoint ?? (await startMiniStack(context, workspace)));
  // An emulator that was started for the run ends with it, and everything in it.
  const isOurs = target.name === 'emulator' && target.endpoint === undefined;

  const region = env.WORKFLOWS_REGION ?? env.AWS_REGION ?? DEFAULT_REGION;
  const account: Account = {
    region,
    ...(endpoint === undefined ? {} : { endpoint, credentials: EMULATOR_CREDENTIALS }),
  };
  const prefix = env.WORKFLOWS_NAME_PREFIX || NAME_PREFIX;
  const endpointEnv = merge(
    { AWS_REGION: region },
    endpoint === undefined
      ? {}
      : {
          AWS_ENDPOINT_URL: endpoint,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_PROFILE: undefined,
        },
  );
  const configuration = merge(appEnvironment(env), endpointEnv, {
    WORKFLOWS_REGION: region,
    WORKFLOWS_NAME_PREFIX: prefix,
    ...(endpoint === undefined
      ? {}
      : {
          WORKFLOWS_ENDPOINT_URL: endpoint,
          WORKFLOWS_EXECUTE_API_URL: env.WORKFLOWS_EXECUTE_API_URL || `${endpoint}/_aws/execute-api/{apiId}/{stage}`,
        }),
  });

  const startedAt = performance.now();
  const synthesized = await progress.step('synthesize', () =>
    synthesize(workspace, {
      outputDirectory: join(workspace.scratch, 'synth'),
      cwd: workspace.root,
      env: configuration,
      signal: lifetime.signal,
    }),
  );
  const synthSeconds = (performance.now() - startedAt) / 1000;
  const providers = setUpProviders(requiredProviders(synthesized), { env, workingDirectory: workspace.root });
  lifetime.atEnd(providers.remove);
  const terraformEnv = terraformEnvironment(configuration, providers, workspace);
  if (terraformEnv.TF_PLUGIN_CACHE_DIR !== undefined) mkdirSync(terraformEnv.TF_PLUGIN_CACHE_DIR, { recursive: true });

  const stageNamed = (environment: string): Stage =>
    prepareStage(
      {
        environment,
        directory: join(workspace.scratch, 'deploy', environment),
        env: merge(terraformEnv, { WORKFLOWS_ENVIRONMENT: environment, CI: '1', SYNTH_HIDE_PROGRESS: '1' }),
        terraform: terraform.file,
      },
      workspace,
    );
  const environment = env.WORKFLOWS_ENVIRONMENT || 'dev';
  const first = new StageRun(context, stageNamed(environment), { target: target.name, synthSeconds });
  const second = options.twoStages
    ? new StageRun(context, stageNamed(environment === 'other' ? 'dev' : 'other'), {
        target: target.name,
        synthSeconds,
      })
    : undefined;
  const stages = second === undefined ? [first] : [first, second];

  const before = await takeInventory(account);
  if (!isOurs) lifetime.atEnd(() => destroyRest(stages));
  let suite: SuiteResult | undefined;
  let left: string[] = [];
  const problems = new Problems(lifetime.signal);
  await problems.collect(async () => {
    for (const stage of stages) await stage.deploy();
    await problems.collect(async () => {
      suite = await runSuite(context, workspace, {
        target: target.name,
        outputsFile: first.stage.outputsFile,
        endpointEnv,
      });
      if (suite.failed > 0) problems.add(`${suite.failed} e2e tests failed`);
    });
    if (second !== undefined) {
      await problems.collect(() =>
        progress.step('check that the stages are apart', () =>
          checkIsolation(readOutputs(first.stage), readOutputs(second.stage)),
        ),
      );
    }
    for (const stage of stages) await problems.collect(() => stage.planAgain());
  });
  for (const [index, stage] of stages.entries()) {
    await problems.collect(() => stage.destroy());
    // What is still there must not have been touched.
    for (const other of stages.slice(index + 1)) await problems.collect(() => other.planAgain());
  }
  await problems.collect(async () => {
    const after = await progress.step('look for leftovers', () => takeInventory(account));
    left = leftovers(before, after, isOurs ? '' : `${prefix}-`);
    if (left.length > 0) problems.add(`left behind: ${left.join('; ')}`);
  });

  const report: DeployReport = {
    target: target.name,
    stages: stages.map((it) => it.report()),
    suite,
    leftovers: left,
    problems: problems.all,
  };
  writeReport(context, options, workspace, report);
  return report.problems.length === 0 ? 0 : 1;
}

/** Collects what went wrong, so that the steps after it still run; an interruption is not collected. */
class Problems {
  readonly all: string[] = [];
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(problem: string): void {
    this.all.push(problem);
  }

  async collect(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#signal.throwIfAborted();
      this.add(error instanceof Error ? error.message : String(error));
    }
  }
}

/** After an interruption, what was deployed into an account that outlives the run is taken away again. */
async function destroyRest(stages: readonly StageRun[]): Promise<void> {
  for (const stage of stages) await stage.destroyIfDeployed(new AbortController().signal);
}

function writeReport(
  { env, print }: Context,
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
  print(options.json ? json : reportText(report));
}
