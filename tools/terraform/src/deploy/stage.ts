/** One environment, deployed from a folder of its own: its configuration, its state, its outputs. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '@workflows/command-line';
import { parseOutputs, type StackOutputs } from '@workflows/contract';
import { run } from '@workflows/kit';
import { type Plan, plan, type StackTerraform } from '../terraform/commands';
import { readStacks, SYNTHESIZED_FILE, type SynthesizedStack } from '../terraform/synthesis';
import type { Workspace } from '../workspace';
import { type CdktfRun, cdktf } from './cdktf';

export interface Stage {
  readonly environment: string;
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  /** In the shape of `cdktf deploy --outputs-file`. */
  readonly outputsFile: string;
  readonly logs: string;
  readonly terraform: string;
}

/** What a run of a stage may be interrupted by; cleaning up is not interrupted by what ended the run. */
type Interruption = { readonly signal: AbortSignal };

const OUTPUT = 'cdktf.out';

/**
 * Makes the folder from which a stage is deployed.
 *
 * @param options.forgetState - what an earlier run deployed is known to be gone
 * @throws {CommandError} when an earlier run left something behind, of which only its state knows
 */
export function prepareStage(
  stage: Omit<Stage, 'outputsFile' | 'logs'>,
  workspace: Workspace,
  { forgetState }: { readonly forgetState: boolean },
): Stage {
  const { directory, environment } = stage;
  if (!forgetState && hasResources(directory)) {
    throw new CommandError(
      `An earlier run left resources behind. Their state is in ${directory}. Destroy them there (cdktf destroy '*'), then delete the folder.`,
    );
  }
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const settings = {
    language: 'typescript',
    app: `"${process.execPath}" "${workspace.app}"`,
    projectId: `workflows-${environment}`,
    sendCrashReports: 'false',
    output: OUTPUT,
  };
  writeFileSync(join(directory, 'cdktf.json'), JSON.stringify(settings, null, 2));
  return {
    ...stage,
    outputsFile: join(directory, 'outputs.json'),
    logs: join(workspace.scratch, 'logs', `deploy.${environment}`),
  };
}

/** Whether a state file in the folder holds any resource. */
function hasResources(directory: string): boolean {
  if (!existsSync(directory)) {
    return false;
  }
  return readdirSync(directory)
    .filter((name) => name.endsWith('.tfstate'))
    .some((name) => {
      const state = JSON.parse(readFileSync(join(directory, name), 'utf8')) as { resources?: unknown[] };
      return (state.resources ?? []).length > 0;
    });
}

const cdktfRun = (stage: Stage, name: string, { signal }: Interruption): CdktfRun => ({
  directory: stage.directory,
  env: stage.env,
  signal,
  logFile: `${stage.logs}.${name}.log`,
});

/** `cdktf deploy '*' --outputs-file …` */
export async function deployStage(stage: Stage, interruption: Interruption): Promise<void> {
  const args = ['--outputs-file', stage.outputsFile, '--skip-provider-lock'];
  await cdktf('deploy', args, cdktfRun(stage, 'deploy', interruption));
}

/** `cdktf destroy '*'` of what was deployed. */
export async function destroyStage(stage: Stage, interruption: Interruption): Promise<void> {
  await cdktf('destroy', ['--skip-synth', '--skip-provider-lock'], cdktfRun(stage, 'destroy', interruption));
}

/** What the stage's deployment put out. */
export function readOutputs(stage: Stage): StackOutputs {
  return parseOutputs(readFileSync(stage.outputsFile, 'utf8'));
}

const stackTerraform = (
  stage: Stage,
  { name, directory }: SynthesizedStack,
  { signal }: Interruption,
): StackTerraform => ({
  file: stage.terraform,
  directory,
  env: stage.env,
  signal,
  logs: `${stage.logs}.${name}`,
});

const stacksOf = (stage: Stage): SynthesizedStack[] => readStacks(join(stage.directory, OUTPUT));

/** Plans every stack of a deployed stage again. */
export async function planStage(stage: Stage, interruption: Interruption): Promise<ReadonlyMap<string, Plan>> {
  const plans = new Map<string, Plan>();
  for (const stack of stacksOf(stage)) {
    plans.set(stack.name, await plan(stackTerraform(stage, stack, interruption)));
  }
  return plans;
}

/** Addresses of the resources that Terraform refuses to destroy, by `prevent_destroy`. */
export async function protectedResources(stage: Stage, interruption: Interruption): Promise<string[]> {
  const refused: string[] = [];
  for (const stack of stacksOf(stage)) {
    const { file, directory: cwd, env, signal } = stackTerraform(stage, stack, interruption);
    const args = ['plan', '-destroy', '-input=false', '-no-color', '-lock=false'] as const;
    const { code, stderr } = await run([file, ...args], { cwd, env, signal });
    if (code === 0) {
      continue;
    }
    const named = [...stderr.matchAll(/Resource (\S+) has\s+lifecycle\.prevent_destroy/g)].flatMap(
      ([, it]) => it ?? [],
    );
    if (named.length === 0) {
      throw new CommandError(`terraform plan -destroy failed for ${stack.name}.\n${stderr.trim()}`);
    }
    refused.push(...named);
  }
  return refused;
}

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
}

/** Takes the protection off the stage's tables, as somebody would who really wants to remove them, and deploys that. */
export async function unprotectStage(stage: Stage, interruption: Interruption): Promise<void> {
  for (const { directory } of stacksOf(stage)) {
    const file = join(directory, SYNTHESIZED_FILE);
    const content = JSON.parse(readFileSync(file, 'utf8')) as Synthesized;
    for (const table of Object.values(content.resource.aws_dynamodb_table ?? {})) {
      delete table.lifecycle;
      table.deletion_protection_enabled = false;
    }
    writeFileSync(file, JSON.stringify(content, null, 2));
  }
  await cdktf('deploy', ['--skip-synth', '--skip-provider-lock'], cdktfRun(stage, 'unprotect', interruption));
}
