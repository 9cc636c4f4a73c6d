/** `pnpm plan`: every stack, planned by the real provider. */
import { appendFileSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '@workflows/command-line';
import { ProviderUnavailableError } from '../errors';
import type { Context } from '../context';
import { setUpProviders } from '../terraform/cli-config';
import { init, overrideBackend, plan, validate } from '../terraform/commands';
import { appEnvironment, terraformEnvironment, withoutAccount, withoutNetwork } from '../terraform/environment';
import { findTerraform } from '../terraform/executable';
import { summarize } from '../terraform/plan-file';
import {
  localState,
  requiredProviders,
  SYNTHESIZED_FILE,
  type SynthesizedStack,
  synthesize,
} from '../terraform/synthesis';
import type { Workspace } from '../workspace';
import type { PlanOptions } from './options';
import { planExitCode, planJson, planMarkdown, planTable, type StackResult } from './report';

/**
 * Plans the stacks and reports on them. A stack that cannot be planned does not keep the others from it.
 *
 * @returns the exit code
 * @throws {CommandError} when nothing can be planned: no Terraform, no provider, no synthesis
 */
export async function runPlan(context: Context, options: PlanOptions, workspace: Workspace): Promise<number> {
  const { lifetime, progress } = context;
  const terraform = await findTerraform(context.env, lifetime.signal);
  const ownEnv = appEnvironment(context.env);
  const appEnv = options.account ? ownEnv : withoutAccount(ownEnv);

  const synthesized = await progress.step('synthesize', () =>
    synthesize(workspace, {
      outputDirectory: join(workspace.scratch, 'plan'),
      cwd: workspace.root,
      env: appEnv,
      signal: lifetime.signal,
    }),
  );
  const stacks = select(synthesized, options.stacks);
  const required = requiredProviders(stacks);
  const providers = setUpProviders(required, { env: context.env, workingDirectory: workspace.root });
  lifetime.atEnd(providers.remove);
  const env = terraformEnvironment(appEnv, providers, workspace);
  if (env.TF_PLUGIN_CACHE_DIR !== undefined) {
    mkdirSync(env.TF_PLUGIN_CACHE_DIR, { recursive: true });
  }
  mkdirSync(options.out, { recursive: true });

  const results: StackResult[] = [];
  for (const { name, directory } of stacks) {
    const stack = {
      file: terraform.file,
      directory,
      env,
      signal: lifetime.signal,
      logs: join(workspace.scratch, 'logs', `plan.${name}`),
    };
    try {
      // A plan without an account has no state to reach, and starts from nothing.
      const state = options.account
        ? localState({ name, directory }, workspace)
        : join(directory, 'no-account.tfstate');
      if (state !== undefined) {
        overrideBackend(directory, state);
      }
      await progress.step(`${name}: init`, () => init(stack, { source: providers.source, required }));
      const isolated = options.account ? stack : { ...stack, env: withoutNetwork(env) };
      await progress.step(`${name}: validate`, () => validate(isolated));
      const planned = await progress.step(`${name}: plan`, () => plan(isolated));
      writeFileSync(join(options.out, `${name}.plan.txt`), planned.text);
      writeFileSync(join(options.out, `${name}.plan.json`), planned.json);
      copyFileSync(join(directory, SYNTHESIZED_FILE), join(options.out, `${name}.${SYNTHESIZED_FILE}`));
      results.push({ stack: name, summary: summarize(planned.plan), changes: planned.changes, text: planned.text });
    } catch (error) {
      if (!(error instanceof CommandError) || error instanceof ProviderUnavailableError) {
        throw error;
      }
      progress.problem(`${name}: ${error.message}`);
      results.push({ stack: name, problem: error.message });
    }
  }
  report(context, options, results);
  return planExitCode(results, options.detailedExitCode);
}

function select(stacks: readonly SynthesizedStack[], names: readonly string[]): readonly SynthesizedStack[] {
  const unknown = names.filter((name) => !stacks.some((it) => it.name === name));
  if (unknown.length > 0) {
    throw new CommandError(
      `Unknown stack ${unknown.join(', ')}. The stacks are ${stacks.map((it) => it.name).join(', ')}.`,
    );
  }
  return names.length === 0 ? stacks : stacks.filter((it) => names.includes(it.name));
}

function report({ env, stdout }: Context, options: PlanOptions, results: readonly StackResult[]): void {
  writeFileSync(join(options.out, 'summary.json'), `${planJson(results)}\n`);
  writeFileSync(join(options.out, 'summary.md'), planMarkdown(results));
  if (env.GITHUB_STEP_SUMMARY !== undefined) {
    appendFileSync(env.GITHUB_STEP_SUMMARY, planMarkdown(results));
  }
  stdout(`${options.json ? planJson(results) : planTable(results)}\n`);
}
