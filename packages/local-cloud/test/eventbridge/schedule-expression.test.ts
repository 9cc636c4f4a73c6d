import { intervalOf } from '../../src/eventbridge/schedule-expression';

describe('intervalOf', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(12 hours)', 43_200_000],
    ['rate(1 day)', 86_400_000],
    ['rate(7 days)', 604_800_000],
  ])('%s is %d ms', (expression, ms) => {
    expect(intervalOf(expression)).toBe(ms);
  });

  it.each([
    'cron(0 12 * * ? *)',
    'rate(1 minutes)',
    'rate(5 minute)',
    'rate(0 minutes)',
    'rate(30 seconds)',
    'rate',
    '',
  ])('refuses %s by name', (expression) => {
    expect(() => intervalOf(expression)).toThrow(
      `schedule expression \`${expression}\` is not supported; supported: rates in minutes, hours or days, such as rate(1 minute) or rate(5 minutes)`,
    );
  });
});
