/** Running the CDKTF app, and reading what it wrote. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { CommandError } from '@workflows/command-line';
import { synthesizeApp } from '@workflows/local-cloud';
import type { Workspace } from '../workspace';
import { REGISTRY, type RequiredProvider } from './provider-mirror';

/** One synthesized stack. */
export interface SynthesizedStack {
  readonly name: string;
  /** Holds `cdk.tf.json` and its assets; Terraform runs here. */
  readonly directory: string;
}

const Manifest = v.object({
  stacks: v.record(v.string(), v.object({ name: v.string(), workingDirectory: v.string() })),
});

const Terraform = v.object({
  terraform: v.object({
    backend: v.optional(v.object({ local: v.optional(v.object({ path: v.string() })) })),
    required_providers: v.record(v.string(), v.object({ source: v.string(), version: v.optional(v.string(), '>= 0') })),
  }),
});

/** The synthesized file of a stack. */
export const SYNTHESIZED_FILE = 'cdk.tf.json';

/**
 * Synthesizes every stack into a folder of its own and lists them.
 *
 * @throws {SynthesisError} when the app fails
 */
export async function synthesize(
  workspace: Workspace,
  options: {
    readonly outputDirectory: string;
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
  },
): Promise<SynthesizedStack[]> {
  const { outputDirectory: outDir, ...where } = options;
  await synthesizeApp({ app: [process.execPath, workspace.app], outDir, ...where });
  return readStacks(outDir);
}

/**
 * Lists what was synthesized into a folder.
 *
 * @throws {CommandError} when nothing was
 */
export function readStacks(outputDirectory: string): SynthesizedStack[] {
  const file = join(outputDirectory, 'manifest.json');
  if (!existsSync(file)) {
    throw new CommandError(`There is no ${file}: the app synthesized nothing.`);
  }
  const { stacks } = v.parse(Manifest, JSON.parse(readFileSync(file, 'utf8')));
  return Object.values(stacks).map(({ name, workingDirectory }) => ({
    name,
    directory: join(outputDirectory, workingDirectory),
  }));
}

const readTerraform = ({ directory }: SynthesizedStack) =>
  v.parse(Terraform, JSON.parse(readFileSync(join(directory, SYNTHESIZED_FILE), 'utf8')));

/**
 * The file in which `cdktf deploy` keeps a stack's state; `undefined` when that is not on this machine. The path in the
 * stack is relative to where `cdktf` runs Terraform, which is not where it was synthesized to.
 */
export function localState(stack: SynthesizedStack, { root }: Workspace): string | undefined {
  const path = readTerraform(stack).terraform.backend?.local?.path;
  return path === undefined ? undefined : resolve(root, 'cdktf.out', 'stacks', stack.name, path);
}

/** The providers that stacks require, each once. */
export function requiredProviders(stacks: readonly SynthesizedStack[]): RequiredProvider[] {
  const all = stacks.flatMap((stack) => {
    const content = readTerraform(stack);
    return Object.values(content.terraform.required_providers).map((it) => ({ ...it, source: fullSource(it.source) }));
  });
  return [...new Map(all.map((it) => [`${it.source} ${it.version}`, it])).values()];
}

/** @see https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses */
function fullSource(source: string): string {
  const parts = source.replace(`${REGISTRY}/`, '').split('/');
  return parts.length === 1 ? `hashicorp/${source}` : parts.join('/');
}
