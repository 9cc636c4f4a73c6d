import { INVARIANTS, type Violation } from './run/evidence';
import type { RunResult } from './run/run';

/** A schedule that broke a guarantee, as small as it could be made. */
export interface Failure {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Of the smallest schedule that fails like this. */
  readonly schedule?: unknown;
  readonly timeline?: readonly string[];
  /** It broke no guarantee when it was run again, so something besides the schedule decides. */
  readonly unrepeatable?: true;
}

/** The results of many runs. Plain data, because processes send it to each other. */
export interface Summary {
  schedules: number;
  failed: number;
  executions: number;
  callbacksAccepted: number;
  virtualMs: number;
  readonly faults: Record<string, number>;
  readonly outcomes: Record<string, number>;
  readonly violations: Record<string, number>;
}

export function emptySummary(): Summary {
  return {
    schedules: 0,
    failed: 0,
    executions: 0,
    callbacksAccepted: 0,
    virtualMs: 0,
    faults: {},
    outcomes: {},
    violations: {},
  };
}

export function addRun(
  summary: Summary,
  { callbacksAccepted, faults, outcomes, violations, virtualMs }: RunResult,
): void {
  summary.schedules++;
  summary.failed += violations.length > 0 ? 1 : 0;
  summary.executions += outcomes.length;
  summary.callbacksAccepted += callbacksAccepted;
  summary.virtualMs += virtualMs;
  for (const [kind, count] of faults) {
    add(summary.faults, kind, count);
  }
  for (const outcome of outcomes) {
    add(summary.outcomes, outcome, 1);
  }
  for (const invariant of new Set(violations.map((it) => it.invariant))) {
    add(summary.violations, invariant, 1);
  }
}

export function addSummary(total: Summary, part: Summary): void {
  for (const name of ['schedules', 'failed', 'executions', 'callbacksAccepted', 'virtualMs'] as const) {
    total[name] += part[name];
  }
  for (const name of ['faults', 'outcomes', 'violations'] as const) {
    for (const [key, count] of Object.entries(part[name])) {
      add(total[name], key, count);
    }
  }
}

export function describeSummary(summary: Summary, seconds: number): string {
  const days = summary.virtualMs / 86_400_000;
  const faults = Object.values(summary.faults).reduce((sum, count) => sum + count, 0);
  return [
    `${summary.schedules} schedules, ${(summary.schedules / seconds).toFixed(1)} a second, ${days.toFixed(0)} days of virtual time`,
    `${summary.executions} executions, ${summary.callbacksAccepted} callbacks accepted, ${faults} faults`,
    '',
    table('outcomes', summary.outcomes),
    table('faults', summary.faults),
    summary.failed === 0
      ? 'Every guarantee held.'
      : `${summary.failed} schedules failed:\n${table('violated', summary.violations)}`,
  ].join('\n');
}

export function describeFailure({ schedule, seed, timeline, unrepeatable, violations }: Failure): string {
  return [
    `seed ${seed}  (pnpm simulate --seed ${seed} --runs 1 --verbose)`,
    ...violations.map(({ invariant, what }) => `  ${INVARIANTS[invariant]}\n    ${what}`),
    ...(unrepeatable === undefined
      ? []
      : ['  it did not fail again: its result depends on something outside the schedule']),
    ...(timeline === undefined
      ? []
      : ['  the smallest schedule with the same failure:', `    ${JSON.stringify(schedule)}`, ...timeline]),
    '',
  ].join('\n');
}

function table(title: string, counts: Readonly<Record<string, number>>): string {
  const rows = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return [`${title}:`, ...rows.map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`), ''].join('\n');
}

function add(counts: Record<string, number>, key: string, count: number): void {
  counts[key] = (counts[key] ?? 0) + count;
}
