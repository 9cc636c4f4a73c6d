/**
 * What a second plan may show on an emulator although nothing changed: attributes that the emulator does not report as they
 * were set. Everything else in a second plan is a fault, and on AWS everything is.
 */
import { isDeepStrictEqual } from 'node:util';
import type { PlanFile, ResourceChange } from '../terraform/plan-file';

export interface KnownDrift {
  readonly type: string;
  readonly attributes: readonly string[];
  readonly reason: string;
}

/** Seen with MiniStack 1.5.33 and provider 5.100.0. */
export const KNOWN_DRIFT: readonly KnownDrift[] = [
  {
    type: 'aws_sfn_state_machine',
    attributes: ['tracing_configuration'],
    reason: 'MiniStack does not keep the tracing configuration of a state machine',
  },
  {
    type: 'aws_cloudwatch_metric_alarm',
    attributes: [
      'actions_enabled',
      'alarm_actions',
      'alarm_description',
      'dimensions',
      'extended_statistic',
      'insufficient_data_actions',
      'metric_query',
      'ok_actions',
      'period',
      'statistic',
      'treat_missing_data',
      'unit',
    ],
    reason: 'MiniStack answers DescribeAlarms over the Query protocol, which provider 5 speaks, without these fields',
  },
];

export interface Drift {
  readonly address: string;
  readonly type: string;
  /** Top-level attributes that would change; empty when the resource would be made, removed or replaced. */
  readonly attributes: readonly string[];
  /** Why this is not a fault of the stacks; undefined when it is one. */
  readonly reason: string | undefined;
}

/** Everything that a plan would change, each with the reason why that is known, if it is. */
export function findDrift(plan: PlanFile, known: readonly KnownDrift[]): Drift[] {
  return plan.resource_changes.flatMap(({ address, mode, type, change }) => {
    if (mode !== 'managed' || change.actions.join() === 'no-op') {
      return [];
    }
    const attributes = change.actions.join() === 'update' ? changedAttributes(change) : [];
    const match = known.find(
      (it) => it.type === type && attributes.length > 0 && attributes.every((name) => it.attributes.includes(name)),
    );
    return [{ address, type, attributes, reason: match?.reason }];
  });
}

function changedAttributes({ before, after, after_unknown: unknown }: ResourceChange['change']): string[] {
  const names = new Set([before, after, unknown].flatMap((it) => Object.keys(it ?? {})));
  const isUnknown = (name: string): boolean =>
    containsTrue(Object.entries(unknown ?? {}).find(([key]) => key === name)?.[1]);
  return [...names].filter((name) => isUnknown(name) || !isDeepStrictEqual(before?.[name], after?.[name])).sort();
}

/** `after_unknown` has the shape of the value, with `true` where it is not known. */
function containsTrue(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some(containsTrue);
  }
  return value === true;
}
