/** A workspace whose app and whose Terraform are small programs, so that every outcome can be had without either. */
import type { Workspace } from '../../src/workspace';
import { Folder } from './folder';

export interface FakeStack {
  /** Changes of resources, as `terraform show -json` has them. */
  readonly changes: readonly unknown[];
  /** What a command prints to stderr when it fails. */
  readonly failing?: Readonly<Record<string, string>>;
  /** Where the stack keeps its state. */
  readonly backend?: unknown;
}

export interface FakeWorkspace {
  readonly workspace: Workspace;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: Folder;
}

/** The app writes a stack for each entry; the plan of each is what the entry says. */
export function fakeWorkspace(stacks: Readonly<Record<string, FakeStack>>): FakeWorkspace {
  const folder = new Folder();
  folder.write('pnpm-workspace.yaml', '');
  const app = folder.write('stacks/dist/main.js', appProgram(stacks));
  folder.program('bin/terraform', terraformProgram(stacks));
  const local = folder.folder('.local');
  return {
    folder,
    workspace: { root: folder.path, local, scratch: folder.folder('.local/terraform'), app },
    env: { PATH: folder.folder('bin'), HOME: folder.folder('home') },
  };
}

const appProgram = (stacks: Readonly<Record<string, FakeStack>>): string => `
const { mkdirSync, writeFileSync } = require('node:fs');
const out = process.env.CDKTF_OUTDIR;
if (process.env.WORKFLOWS_PLAN_OFFLINE !== 'true' && process.env.AWS_PROFILE === undefined) throw new Error('not offline');
for (const [name, { backend }] of Object.entries(${JSON.stringify(stacks)})) {
  mkdirSync(out + '/stacks/' + name, { recursive: true });
  writeFileSync(out + '/stacks/' + name + '/cdk.tf.json', JSON.stringify({
    terraform: { backend, required_providers: { aws: { source: 'aws', version: '>= 5.100.0, < 7.0.0' } } },
  }));
}
writeFileSync(out + '/manifest.json', JSON.stringify({ stacks: Object.fromEntries(
  ${JSON.stringify(Object.keys(stacks))}.map((name) => [name, { name, workingDirectory: 'stacks/' + name }])) }));
`;

const terraformProgram = (stacks: Readonly<Record<string, FakeStack>>): string => `
const stacks = ${JSON.stringify(stacks)};
const [command, ...args] = process.argv.slice(2);
if (command === 'version') {
  console.log(JSON.stringify({ terraform_version: '1.11.4' }));
  process.exit(0);
}
const { changes, failing = {} } = stacks[require('node:path').basename(process.cwd())];
if (failing[command] !== undefined) {
  console.error(failing[command]);
  process.exit(1);
}
if (command === 'show') {
  console.log(args.includes('-json')
    ? JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes })
    : 'the plan as text');
}
if (command === 'plan') process.exit(changes.length > 0 ? 2 : 0);
`;

/** A resource that the plan creates. */
export function created(type: string, name: string): unknown {
  return {
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    change: { actions: ['create'], before: null, after: {} },
  };
}
