import { UnsupportedError } from '../unsupported-error';

const RATE = /^rate\((?:1 (?<one>minute|hour|day)|(?<count>[1-9]\d*) (?<many>minute|hour|day)s)\)$/;
const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(5 minutes)`.
 * @returns milliseconds from one turn to the next
 * @throws {UnsupportedError} for `cron(…)`, and for what EventBridge refuses, such as `rate(1 minutes)`
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function intervalOf(expression: string): number {
  const { count = '1', many, one } = RATE.exec(expression)?.groups ?? {};
  const unitMs = UNIT_MS[one ?? many ?? ''];
  if (unitMs === undefined || (many !== undefined && count === '1')) {
    throw new UnsupportedError(
      `schedule expression \`${expression}\` is not supported; supported: rates in minutes, hours or days, such as rate(1 minute) or rate(5 minutes)`,
    );
  }
  return Number(count) * unitMs;
}
