/** Terraform's commands, run in a stack's folder. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '@workflows/command-line';
import { ProviderUnavailableError } from '../errors';
import { type Finished, lastLines, run } from '@workflows/kit';
import { type PlanFile, parsePlan } from './plan-file';
import type { RequiredProvider } from './provider-mirror';
import { describe as describeSource, type ProviderSource } from './provider-source';

/** How to run Terraform for one stack. */
export interface StackTerraform {
  readonly file: string;
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Where the output of each command is kept, as `<logs>.<command>.log`. */
  readonly logs: string;
}

const PLAN_FILE = 'plan.tfplan';

async function terraform(stack: StackTerraform, name: string, args: readonly string[]): Promise<Finished> {
  return run([stack.file, name, ...args], {
    cwd: stack.directory,
    env: stack.env,
    signal: stack.signal,
    logFile: `${stack.logs}.${name}.log`,
  });
}

/**
 * Replaces the backend of the stack in a folder by a state on this machine.
 *
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function overrideBackend(directory: string, state: string): void {
  const content = { terraform: { backend: { local: { path: state } } } };
  writeFileSync(join(directory, 'backend_override.tf.json'), JSON.stringify(content, null, 2));
}

/**
 * Gets the providers.
 *
 * @throws {ProviderUnavailableError} in one line, saying where providers were looked for, when they cannot be had
 */
export async function init(
  stack: StackTerraform,
  from: { readonly source: ProviderSource; readonly required: readonly RequiredProvider[] },
): Promise<void> {
  const finished = await terraform(stack, 'init', ['-input=false', '-no-color']);
  if (finished.code === 0) {
    return;
  }
  if (/Failed to (query available|install) provider|could not connect to|Could not retrieve/.test(finished.stderr)) {
    throw new ProviderUnavailableError(describeSource(from.source, from.required, `${stack.logs}.init.log`));
  }
  throw new CommandError(`terraform init failed.\n${lastLines(finished)}`);
}

/** @throws {CommandError} with what Terraform found wrong */
export async function validate(stack: StackTerraform): Promise<void> {
  const finished = await terraform(stack, 'validate', ['-no-color']);
  if (finished.code !== 0) {
    throw new CommandError(`terraform validate failed.\n${lastLines(finished)}`);
  }
}

export interface Plan {
  /** Whether anything would change, outputs included. */
  readonly changes: boolean;
  readonly text: string;
  readonly json: string;
  readonly plan: PlanFile;
}

/** @throws {CommandError} with what Terraform said when there can be no plan */
export async function plan(stack: StackTerraform): Promise<Plan> {
  const finished = await terraform(stack, 'plan', [
    '-input=false',
    '-no-color',
    '-detailed-exitcode',
    '-lock=false',
    `-out=${PLAN_FILE}`,
  ]);
  // 2 stands for success with changes: https://developer.hashicorp.com/terraform/cli/commands/plan#detailed-exitcode
  if (finished.code !== 0 && finished.code !== 2) {
    throw new CommandError(`terraform plan failed.\n${lastLines(finished)}`);
  }
  const text = await show(stack, ['-no-color']);
  const json = await show(stack, ['-json']);
  return { changes: finished.code === 2, text, json, plan: parsePlan(json) };
}

async function show(stack: StackTerraform, args: readonly string[]): Promise<string> {
  const finished = await run([stack.file, 'show', ...args, PLAN_FILE], {
    cwd: stack.directory,
    env: stack.env,
    signal: stack.signal,
  });
  if (finished.code !== 0) {
    throw new CommandError(`terraform show failed.\n${lastLines(finished)}`);
  }
  return finished.stdout;
}
