/**
 * The plan as `terraform show -json` writes it: the parts that are read here.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
import * as v from 'valibot';

const Attributes = v.record(v.string(), v.unknown());

const ResourceChange = v.object({
  address: v.string(),
  mode: v.picklist(['managed', 'data']),
  type: v.string(),
  name: v.string(),
  change: v.object({
    actions: v.array(v.string()),
    before: v.nullish(Attributes),
    after: v.nullish(Attributes),
    after_unknown: v.optional(v.unknown()),
  }),
});

const PlanFile = v.object({
  format_version: v.pipe(v.string(), v.startsWith('1.')),
  terraform_version: v.string(),
  resource_changes: v.optional(v.array(ResourceChange), []),
  output_changes: v.optional(v.record(v.string(), v.object({ actions: v.array(v.string()) })), {}),
});

export type ResourceChange = v.InferOutput<typeof ResourceChange>;
export type PlanFile = v.InferOutput<typeof PlanFile>;

/**
 * Parses the JSON of a plan.
 *
 * @throws {v.ValiError} when it is of a format that is not known
 */
export function parsePlan(text: string): PlanFile {
  return v.parse(PlanFile, JSON.parse(text));
}

export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

export interface PlanSummary extends Counts {
  readonly byType: Readonly<Record<string, Counts>>;
  /** Outputs that would change. */
  readonly outputs: number;
}

const NONE: Counts = { add: 0, change: 0, destroy: 0 };

/** Counts as Terraform's own closing line does: a replacement adds one and destroys one. */
export function summarize(plan: PlanFile): PlanSummary {
  const byType = new Map<string, Counts>();
  for (const { mode, type, change } of plan.resource_changes) {
    if (mode !== 'managed') {
      continue;
    }
    const counts = countActions(change.actions);
    if (counts.add + counts.change + counts.destroy === 0) {
      continue;
    }
    byType.set(type, sum([byType.get(type) ?? NONE, counts]));
  }
  return {
    ...sum([...byType.values()]),
    byType: Object.fromEntries([...byType].sort(([a], [b]) => (a < b ? -1 : 1))),
    outputs: Object.values(plan.output_changes).filter(({ actions }) => actions.join() !== 'no-op').length,
  };
}

function countActions(actions: readonly string[]): Counts {
  const has = (action: string): number => (actions.includes(action) ? 1 : 0);
  return { add: has('create'), change: has('update'), destroy: has('delete') };
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, it) => ({
      add: total.add + it.add,
      change: total.change + it.change,
      destroy: total.destroy + it.destroy,
    }),
    NONE,
  );
}
