/** What a run did and found, for people and for machines. */
import { renderTable } from '../plan/table';
import type { Drift } from './known-drift';
import type { SuiteResult } from './suite';

export interface StageReport {
  readonly environment: string;
  readonly resources: Readonly<Record<string, number>>;
  readonly seconds: Readonly<Record<string, number>>;
  /** What the second plan would change. */
  readonly drift: readonly Drift[];
}

export interface DeployReport {
  readonly target: string;
  readonly stages: readonly StageReport[];
  readonly suite: SuiteResult | undefined;
  readonly leftovers: readonly string[];
  /** What went wrong, one line each; empty when the run succeeded. */
  readonly problems: readonly string[];
}

/** The report as a table and a few lines. */
export function reportText(report: DeployReport): string {
  const rows = report.stages.flatMap(({ environment, resources, seconds }) => [
    ...Object.entries(resources).map(([stack, count]) => [environment, `resources in ${stack}`, String(count)]),
    ...Object.entries(seconds).map(([step, count]) => [environment, `seconds to ${step}`, count.toFixed(1)]),
  ]);
  const suite = report.suite === undefined ? 'not run' : `${report.suite.passed} passed, ${report.suite.failed} failed`;
  return [
    renderTable(['stage', 'what', 'count'], rows),
    '',
    `e2e suite on ${report.target}: ${suite}`,
    ...(report.suite?.failures ?? []).map((name) => `  failed: ${name}`),
    ...knownDrift(report.stages.flatMap((it) => it.drift)),
    ...report.problems.map((problem) => `problem: ${problem}`),
    report.problems.length === 0
      ? 'Deployed, tested, unchanged by a second plan, destroyed. No resources remain.'
      : 'Failed.',
  ].join('\n');
}

/** Drift that the target causes by itself, once for each reason. */
function knownDrift(drift: readonly Drift[]): string[] {
  const reasons = new Map<string, number>();
  for (const { reason } of drift) {
    if (reason !== undefined) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
  }
  return [...reasons].map(([reason, count]) => `second plan, known: ${reason} (${count} resources)`);
}
