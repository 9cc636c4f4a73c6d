/**
 * A stack as it was planned: the values from the plan, and, for what is only known after apply (an ARN in a policy), the
 * expression from the synthesized configuration that the plan was made from.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { CommandError } from '@workflows/command-line';
import { parsePlan } from '../terraform/plan-file';
import { SYNTHESIZED_FILE } from '../terraform/synthesis';

type Attributes = Readonly<Record<string, unknown>>;

/** A resource that the plan would leave behind. */
export interface PlannedResource {
  /** Terraform's address, such as `aws_iam_role.GetTask_Role_1A2B3C4D`. */
  readonly address: string;
  readonly type: string;
  /** Where it stands in the app, without the stack, such as `GetTask/Role`: the same in every environment. */
  readonly path: string;
  /** Values as planned; what is unknown until apply is absent. */
  readonly values: Attributes;
  /** Arguments as synthesized; a reference is an expression in `${…}`. */
  readonly config: Attributes;
}

export interface PlannedStack {
  readonly name: string;
  readonly resources: readonly PlannedResource[];
}

const Configured = v.looseObject({ '//': v.object({ metadata: v.object({ path: v.string() }) }) });
const Synthesized = v.object({ resource: v.optional(v.record(v.string(), v.record(v.string(), Configured)), {}) });

const PLAN_SUFFIX = '.plan.json';

/**
 * Reads every plan that `pnpm plan` wrote into a folder.
 *
 * @throws {CommandError} when there is none
 */
export function readPlannedStacks(directory: string): PlannedStack[] {
  const files = existsSync(directory)
    ? readdirSync(directory)
        .filter((it) => it.endsWith(PLAN_SUFFIX))
        .sort()
    : [];
  if (files.length === 0) {
    throw new CommandError(`${directory} contains no plan. Run pnpm plan first.`);
  }
  return files.map((file) => {
    const name = file.slice(0, -PLAN_SUFFIX.length);
    return plannedStack(
      name,
      readFileSync(join(directory, file), 'utf8'),
      readFileSync(join(directory, `${name}.${SYNTHESIZED_FILE}`), 'utf8'),
    );
  });
}

/** Joins a plan with the configuration that it was made from. */
export function plannedStack(name: string, planJson: string, synthesizedJson: string): PlannedStack {
  const { resource } = v.parse(Synthesized, JSON.parse(synthesizedJson));
  const resources = parsePlan(planJson)
    .resource_changes.filter(({ mode, change }) => mode === 'managed' && change.after != null)
    .map(({ address, type, name: id, change }): PlannedResource => {
      const config = resource[type]?.[id];
      if (config === undefined) {
        throw new CommandError(
          `${name}: the plan contains ${address}, but the configuration next to it does not. Run pnpm plan again.`,
        );
      }
      return {
        address,
        type,
        path: config['//'].metadata.path.replace(`${name}/`, '').replace(/\/Resource$/, ''),
        values: change.after ?? {},
        config,
      };
    });
  return { name, resources };
}

/** The resources of one type. */
export function ofType(stack: PlannedStack, type: string): PlannedResource[] {
  return stack.resources.filter((it) => it.type === type);
}

/** The address in an expression that is nothing but a reference, such as `${aws_iam_role.A.arn}`. */
export function referencedAddress(expression: unknown): string | undefined {
  return typeof expression === 'string' ? /^\$\{(\w+\.[\w-]+)\.\w+\}$/.exec(expression)?.[1] : undefined;
}
