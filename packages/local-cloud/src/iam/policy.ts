import type { JsonValue } from '@workflows/states-language';
import * as v from 'valibot';
import { ACCOUNT_ID } from '../account';
import type { ServiceCaller } from '../contracts';
import { UnsupportedError } from '../unsupported-error';
import { matchesWildcard } from './wildcard';

/** What a condition is tested against: `aws:SourceArn` and the like, in lower case. */
export type ConditionContext = Readonly<Record<string, string>>;

const ConditionTests: Readonly<Record<string, (allowed: string, actual: string) => boolean>> = {
  StringEquals: (allowed, actual) => allowed === actual,
  StringLike: matchesWildcard,
  ArnEquals: matchesWildcard,
  ArnLike: matchesWildcard,
};

/** Keys that the runtime can fill in. */
const ConditionKeys = ['aws:sourceaccount', 'aws:sourcearn'];

const oneOrMore = <T extends v.GenericSchema>(item: T) =>
  v.pipe(
    v.union([item, v.array(item)]),
    v.transform((value): v.InferOutput<T>[] => (Array.isArray(value) ? value : [value])),
  );

const ConditionSchema = v.record(
  v.picklist(Object.keys(ConditionTests)),
  v.record(v.pipe(v.string(), v.toLowerCase(), v.picklist(ConditionKeys)), oneOrMore(v.string())),
);

const statementEntries = {
  Sid: v.optional(v.string()),
  Effect: v.picklist(['Allow', 'Deny']),
  Action: oneOrMore(v.string()),
  Condition: v.optional(ConditionSchema, {}),
};

const documentOf = <T extends v.GenericSchema>(statement: T) =>
  v.strictObject({
    Version: v.literal('2012-10-17'),
    Id: v.optional(v.string()),
    Statement: oneOrMore(statement),
  });

const IdentityPolicySchema = documentOf(v.strictObject({ ...statementEntries, Resource: oneOrMore(v.string()) }));

const TrustPolicySchema = documentOf(
  v.strictObject({ ...statementEntries, Principal: v.strictObject({ Service: oneOrMore(v.string()) }) }),
);

const principals = v.union([
  v.literal('*'),
  v.strictObject({ Service: v.optional(oneOrMore(v.string())), AWS: v.optional(oneOrMore(v.string())) }),
]);

/** Of the resource policies of queues. The first version of policies is still common there. */
const ResourcePolicySchema = v.strictObject({
  Version: v.optional(v.picklist(['2008-10-17', '2012-10-17'])),
  Id: v.optional(v.string()),
  Statement: oneOrMore(
    v.strictObject({ ...statementEntries, Principal: principals, Resource: v.optional(oneOrMore(v.string()), '*') }),
  ),
});

export type ResourcePolicy = v.InferOutput<typeof ResourcePolicySchema>;
export type IdentityPolicy = v.InferOutput<typeof IdentityPolicySchema>;
export type TrustPolicy = v.InferOutput<typeof TrustPolicySchema>;

/** A policy that the runtime cannot enforce. Refused when it is loaded, so that it is not half enforced later. */
class UnsupportedPolicyError extends UnsupportedError {
  override readonly name = 'UnsupportedPolicyError';
}

/** @throws {UnsupportedPolicyError} naming the element and what is supported. */
export function parseIdentityPolicy(text: string): IdentityPolicy {
  return parse(IdentityPolicySchema, text);
}

/** @throws {UnsupportedPolicyError} naming the element and what is supported. */
export function parseTrustPolicy(text: string): TrustPolicy {
  return parse(TrustPolicySchema, text);
}

/** @throws {UnsupportedPolicyError} naming the element and what is supported. */
export function parseResourcePolicy(text: string): ResourcePolicy {
  return parse(ResourcePolicySchema, text);
}

function parse<T extends v.GenericSchema>(schema: T, text: string): v.InferOutput<T> {
  let json: JsonValue;
  try {
    json = JSON.parse(text) as JsonValue;
  } catch {
    throw new UnsupportedPolicyError('policy is not JSON');
  }
  const result = v.safeParse(schema, json);
  if (result.success) {
    return result.output;
  }
  const [issue] = result.issues;
  throw new UnsupportedPolicyError(
    `policy element \`${v.getDotPath(issue) ?? ''}\` is not supported: ${issue.message}; conditions may use ${Object.keys(ConditionTests).join(', ')} on aws:SourceAccount and aws:SourceArn`,
  );
}

/** Whether a policy says anything about an action on a resource; a denial wins over a grant. */
export function decide(policy: IdentityPolicy, action: string, resourceArn: string): 'Allow' | 'Deny' | undefined {
  const effects = policy.Statement.filter(
    (statement) =>
      statement.Action.some((pattern) => matchesWildcard(pattern, action, { ignoreCase: true })) &&
      statement.Resource.some((pattern) => matchesWildcard(pattern, resourceArn)) &&
      meets(statement.Condition, {}),
  ).map((statement) => statement.Effect);
  if (effects.includes('Deny')) {
    return 'Deny';
  }
  return effects.includes('Allow') ? 'Allow' : undefined;
}

/** Whether a resource's policy lets an AWS service act on it. */
export function permitsService(
  policy: ResourcePolicy,
  caller: ServiceCaller,
  action: string,
  resourceArn: string,
): boolean {
  const context = { 'aws:sourceaccount': ACCOUNT_ID, 'aws:sourcearn': caller.sourceArn };
  const effects = policy.Statement.filter(
    ({ Action, Condition, Principal, Resource }) =>
      Action.some((pattern) => matchesWildcard(pattern, action, { ignoreCase: true })) &&
      Resource.some((pattern) => matchesWildcard(pattern, resourceArn)) &&
      names(Principal, caller.service) &&
      meets(Condition, context),
  ).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function names(principal: v.InferOutput<typeof principals>, service: string): boolean {
  return principal === '*' || principal.Service?.includes(service) === true || principal.AWS?.includes('*') === true;
}

/** Whether a service may take on a role. */
export function trusts(policy: TrustPolicy, service: string, context: ConditionContext): boolean {
  const effects = policy.Statement.filter(
    (statement) =>
      statement.Action.some((pattern) => matchesWildcard(pattern, 'sts:AssumeRole', { ignoreCase: true })) &&
      statement.Principal.Service.includes(service) &&
      meets(statement.Condition, context),
  ).map((statement) => statement.Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** A key that the request does not carry fails its test, as on AWS. */
function meets(condition: v.InferOutput<typeof ConditionSchema>, context: ConditionContext): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, allowed]) => {
      const actual = context[key];
      const test = ConditionTests[operator];
      return actual !== undefined && test !== undefined && allowed.some((pattern) => test(pattern, actual));
    }),
  );
}
