/** What each role of a stack may do, statement by statement. */
import * as v from 'valibot';
import { CommandError } from '@workflows/command-line';
import { ofType, type PlannedResource, type PlannedStack, referencedAddress } from './planned-stack';

const OneOrMore = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((it) => (typeof it === 'string' ? [it] : it)),
);

const Statement = v.strictObject({
  Sid: v.optional(v.string()),
  Effect: v.picklist(['Allow', 'Deny']),
  Action: OneOrMore,
  Resource: v.optional(OneOrMore, []),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), v.unknown()))),
});

/** `NotAction`, `NotResource` and `NotPrincipal` grant what nobody listed, so a document with one is refused. */
const Policy = v.object({ Version: v.literal('2012-10-17'), Statement: v.array(Statement) });

export type Statement = v.InferOutput<typeof Statement>;

export interface RoleStatements {
  /** Path of the role in the app, such as `GetTask/Role`. */
  readonly role: string;
  readonly statements: readonly Statement[];
}

/** Ways to give a role permissions that are not statements of the stack's own. */
const OTHER_GRANTS = ['aws_iam_role_policy_attachment', 'aws_iam_policy', 'aws_iam_policy_attachment'];

/**
 * Lists every role's statements, sorted; references are shown by the path of what they refer to.
 *
 * @throws {CommandError} when a role gets permissions in a way that is not listed here
 */
export function roleStatements(stack: PlannedStack): RoleStatements[] {
  const foreign = stack.resources.filter(({ type, values }) => OTHER_GRANTS.includes(type) || hasForeignPolicy(values));
  if (foreign.length > 0) {
    throw new CommandError(
      `${stack.name}: ${foreign.map((it) => it.address).join(', ')} would grant permissions outside of an inline policy; only aws_iam_role_policy is checked.`,
    );
  }
  const policies = ofType(stack, 'aws_iam_role_policy');
  return ofType(stack, 'aws_iam_role')
    .map((role) => ({
      role: role.path.replace(/\/Role$/, ''),
      statements: policies
        .filter((policy) => belongsTo(policy, role))
        .flatMap((policy) => parseStatements(stack, policy))
        .map((it) => readable(it, stack)),
    }))
    .sort((a, b) => (a.role < b.role ? -1 : 1));
}

function hasForeignPolicy(values: Readonly<Record<string, unknown>>): boolean {
  return ['managed_policy_arns', 'inline_policy', 'permissions_boundary'].some((name) => {
    const value = values[name];
    return Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== '';
  });
}

function belongsTo(policy: PlannedResource, role: PlannedResource): boolean {
  return referencedAddress(policy.config.role) === role.address || policy.values.role === role.values.name;
}

function parseStatements(stack: PlannedStack, policy: PlannedResource): Statement[] {
  const parsed = v.safeParse(Policy, parseTemplate(String(policy.values.policy ?? policy.config.policy)));
  if (!parsed.success) {
    throw new CommandError(
      `${stack.name}: ${policy.address} is no policy of Allow and Deny statements with Action and Resource: ${parsed.issues.map((it) => `${v.getDotPath(it)}: ${it.message}`).join('; ')}`,
    );
  }
  return parsed.output.Statement;
}

/** Parses JSON with expressions in its strings; their quotes stand unescaped in a template. */
function parseTemplate(text: string): unknown {
  const expressions: string[] = [];
  const masked = text.replace(/\$\{[^}]*\}/g, (expression) => `§${expressions.push(expression) - 1}§`);
  return JSON.parse(masked, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/§(\d+)§/g, (__, index) => expressions[Number(index)] ?? '') : value,
  );
}

/** Shows references by path: addresses end in a hash, and names differ between environments. */
function readable(statement: Statement, stack: PlannedStack): Statement {
  const paths = new Map(stack.resources.map(({ address, type, path }) => [address, `${type}["${path}"]`]));
  return {
    ...statement,
    Action: [...statement.Action].sort(),
    Resource: statement.Resource.map((resource) =>
      resource.replace(/\baws_\w+\.[\w-]+/g, (address) => paths.get(address) ?? address),
    ).sort(),
  };
}
