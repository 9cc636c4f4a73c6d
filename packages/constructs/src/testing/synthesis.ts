import { type TerraformStack, Testing } from 'cdktf';

/** One resource of a synthesized stack. */
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
