/** Policies as data: statements are merged and sorted, so that the same grants result in the same policy. */

/** One `Allow` statement of an IAM policy. */
export interface PolicyStatement {
  /** IAM actions, such as `dynamodb:GetItem`. Never `*`. */
  readonly actions: readonly string[];
  /** ARNs. Use `*` only if the action supports no resources, and give the reason in `reason`. */
  readonly resources: readonly string[];
  /** Why the statement's resource is `*`. Not part of the policy. */
  readonly reason?: string;
  /** IAM condition block. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface RenderedStatement {
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: readonly string[];
  readonly Condition?: PolicyStatement['condition'];
}

/**
 * Merges statements with the same resources and condition, and sorts them, so that the order of grants has no effect.
 *
 * @param resolve what a resource will read in the synthesized stack. Two tokens for one attribute differ until they
 * are resolved, and their numbers depend on what else the stack has.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function renderPolicy(
  statements: readonly PolicyStatement[],
  resolve: (resource: string) => string = (resource) => resource,
): string {
  const merged = new Map<string, { actions: Set<string>; statement: PolicyStatement }>();
  for (const statement of statements) {
    const resources = [...new Map(statement.resources.map((it) => [resolve(it), it]))].sort(byFirst);
    const key = JSON.stringify([resources.map(([resolved]) => resolved), statement.condition ?? null]);
    const entry = merged.get(key) ?? {
      actions: new Set<string>(),
      statement: { ...statement, resources: resources.map(([, resource]) => resource) },
    };
    for (const action of statement.actions) {
      entry.actions.add(action);
    }
    merged.set(key, entry);
  }
  const rendered = [...merged].map(([key, { actions, statement }]): readonly [string, RenderedStatement] => {
    const { resources, condition } = statement;
    const Action = [...actions].sort();
    const Condition = condition === undefined ? {} : { Condition: condition };
    return [`${Action.join()} ${key}`, { Effect: 'Allow', Action, Resource: resources, ...Condition }];
  });
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: rendered.sort(byFirst).map(([, statement]) => statement),
  });
}

/** By code unit, the same on every machine, unlike `localeCompare`. */
const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : Number(a > b);

/** Lets one AWS service assume a role. */
export const renderTrust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });
