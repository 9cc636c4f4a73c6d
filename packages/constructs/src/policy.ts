/** What a role may do, as data: statements are merged and sorted, so that the same grants give the same policy. */

/** One `Allow` statement of an IAM policy. */
export interface PolicyStatement {
  /** IAM actions, such as `dynamodb:GetItem`. Never `*`. */
  readonly actions: readonly string[];
  /** ARNs. `*` only where AWS knows no resource for the action; say why in `reason`. */
  readonly resources: readonly string[];
  /** Why the statement's resource is `*`. Not part of the policy. */
  readonly reason?: string;
  /** IAM condition block. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface RenderedStatement {
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: string[];
  readonly Condition?: PolicyStatement['condition'];
}

const unique = (values: Iterable<string>): string[] => [...new Set(values)].sort();

/**
 * Merges statements with the same resources and condition, and sorts everything: the order of grants does not show.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function renderPolicy(statements: readonly PolicyStatement[]): string {
  const byResources = new Map<
    string,
    { actions: string[]; resources: string[]; condition: PolicyStatement['condition'] }
  >();
  for (const statement of statements) {
    const resources = unique(statement.resources);
    const key = JSON.stringify([resources, statement.condition ?? null]);
    const merged = byResources.get(key) ?? { actions: [], resources, condition: statement.condition };
    merged.actions.push(...statement.actions);
    byResources.set(key, merged);
  }
  const rendered = [...byResources.values()].map(
    ({ actions, resources, condition }): RenderedStatement => ({
      Effect: 'Allow',
      Action: unique(actions),
      Resource: resources,
      ...(condition === undefined ? {} : { Condition: condition }),
    }),
  );
  rendered.sort((a, b) => compare(a.Action.join() + a.Resource.join(), b.Action.join() + b.Resource.join()));
  return JSON.stringify({ Version: '2012-10-17', Statement: rendered });
}

/** Lets one AWS service assume a role. */
export const renderTrust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  });

/** By code unit, the same on every machine, unlike `localeCompare`. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
