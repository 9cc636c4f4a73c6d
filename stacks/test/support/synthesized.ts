import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Definition } from '@workflows/constructs';
import { sharedOutdir } from './shared-synthesis';

export const STACKS = ['WorkflowIdempotentStack', 'WorkflowsLambdaStack', 'WorkflowsStack'] as const;
export type StackName = (typeof STACKS)[number];
export type Resource = Record<string, unknown>;

interface StackJson {
  readonly output: Record<string, { readonly value: string }>;
  readonly provider: { readonly aws: readonly Resource[] };
  readonly resource: Record<string, Record<string, Resource>>;
  readonly terraform: Resource & {
    readonly required_providers: { readonly aws: Resource };
    readonly backend: Resource;
  };
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Synthesizes all stacks as the environment says, into a folder that is removed after the tests of the file. */
export function synthesizeInto(environment: Record<string, string> = {}): string {
  const outdir = mkdtempSync(join(tmpdir(), 'stacks-test-'));
  folders.push(outdir);
  // Loaded by those files only that synthesize something of their own.
  const { createApp, readConfig } = jest.requireActual<typeof import('../../src')>('../../src');
  // CDK for Terraform takes a stack trace for each token, and jest would look up the source of each of its lines.
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error) => String(error);
  try {
    createApp(readConfig(environment), { outdir }).synth();
  } finally {
    Object.assign(Error, { prepareStackTrace });
  }
  return outdir;
}

/** What Terraform gets for one stack. */
export class Synthesized {
  constructor(readonly json: StackJson) {}

  /** Resources of one type, in no particular order. */
  all(type: string): readonly Resource[] {
    return Object.values(this.json.resource[type] ?? {});
  }

  /** The resource of a type with that name. */
  named(type: string, attribute: string, name: string): Resource {
    const found = this.all(type).find((it) => it[attribute] === name);
    if (found === undefined) {
      throw new Error(`no ${type} with ${attribute} ${name}`);
    }
    return found;
  }

  /** The definition of the state machine with that name, with references in place of ARNs. */
  definition(name: string): Definition {
    return JSON.parse(String(this.named('aws_sfn_state_machine', 'name', name).definition));
  }

  environmentOf(functionName: string): Record<string, string> {
    const { environment } = this.named('aws_lambda_function', 'function_name', functionName);
    const { variables } = environment as { variables: Record<string, string> };
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, readable(value)]));
  }

  /** What a role may do, one line for each resource. */
  permissionsOf(roleName: string): string[] {
    const [roleId] = Object.entries(this.json.resource.aws_iam_role ?? {}).find(([, it]) => it.name === roleName) ?? [];
    const policy = this.named('aws_iam_role_policy', 'role', `\${aws_iam_role.${roleId}.name}`);
    const { Statement } = JSON.parse(readable(String(policy.policy))) as {
      Statement: { Action: string[]; Resource: string[] }[];
    };
    return Statement.flatMap((it) => it.Resource.map((resource) => `${it.Action.join(', ')} on ${resource}`));
  }
}

const cache = new Map<string, Record<StackName, Synthesized>>();

/** Every stack as the environment says; once per test file and environment. */
export function synthesize(environment: Record<string, string> = {}): Record<StackName, Synthesized> {
  const key = JSON.stringify(environment);
  const stacks = cache.get(key) ?? readStacks(environment);
  cache.set(key, stacks);
  return stacks;
}

function readStacks(environment: Record<string, string>): Record<StackName, Synthesized> {
  const outdir = sharedOutdir(environment) ?? synthesizeInto(environment);
  const read = (stack: StackName): [StackName, Synthesized] => [
    stack,
    new Synthesized(JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'))),
  ];
  return Object.fromEntries(STACKS.map(read)) as Record<StackName, Synthesized>;
}

/** `${aws_sfn_state_machine.Workflow_193EF7C1.arn}` → `<aws_sfn_state_machine.Workflow.arn>` */
const readable = (text: string): string =>
  text
    .replaceAll(/\$\{([^}]*)\}/g, (_, expression: string) => `<${expression.replaceAll('"', "'")}>`)
    .replaceAll(/_[0-9A-F]{8}(?=\.)/g, '');
