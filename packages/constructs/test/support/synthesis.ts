import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';

/** A stack to put constructs into. */
export function newStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app({ outdir: temporaryFolder('cdktf-') }), 'Stack');
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  return stack;
}

export type Resource = Record<string, unknown>;

interface Synthesized {
  readonly resource?: Record<string, Record<string, Resource>>;
}

/** The resources of one type, by logical id. */
export function resourcesOf(stack: TerraformStack, type: string): Record<string, Resource> {
  const { resource = {} } = JSON.parse(Testing.synth(stack)) as Synthesized;
  return resource[type] ?? {};
}

/** The only resource of a type. */
export function onlyResource(stack: TerraformStack, type: string): Resource {
  const found = Object.values(resourcesOf(stack, type));
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`expected one ${type}, found ${found.length}`);
  }
  return first;
}

interface Statement {
  readonly Action: string[];
  readonly Resource: string[];
}

/** What the role of that name may do: sorted `action on resource` lines, logical ids shortened to the construct's path. */
export function permissionsOfRole(stack: TerraformStack, roleName: string): string[] {
  const roles = Object.entries(resourcesOf(stack, 'aws_iam_role'));
  const [roleId] = roles.find(([, role]) => role.name === roleName) ?? [];
  const policies = Object.values(resourcesOf(stack, 'aws_iam_role_policy'));
  const policy = policies.find((it) => it.role === `\${aws_iam_role.${roleId}.name}`);
  if (policy === undefined) {
    throw new Error(`no policy for role ${roleName}`);
  }
  const { Statement } = JSON.parse(readable(String(policy.policy))) as { Statement: Statement[] };
  return Statement.flatMap((it) => it.Resource.map((resource) => `${it.Action.join(', ')} on ${resource}`));
}

/** `${aws_lambda_function.GetTask_507B2D5E.arn}` → `<aws_lambda_function.GetTask.arn>`, with single quotes inside, so that JSON text stays JSON. */
export const readable = (text: string): string =>
  text
    .replaceAll(/\$\{([^}]*)\}/g, (_, expression: string) => `<${expression.replaceAll('"', "'")}>`)
    .replaceAll(/_[0-9A-F]{8}(?=\.)/g, '');

const folders: string[] = [];

/** A folder that is removed after the tests of the file. */
export function temporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.push(folder);
  return folder;
}

/** A folder with a function that does nothing, removed after the tests of the file. */
export function bundle(code = 'exports.handler = async () => null;'): string {
  const folder = temporaryFolder('bundle-');
  writeFileSync(join(folder, 'index.js'), code);
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});
