import { parsePlan, summarize } from '../../src/terraform/plan-file';

const change = (type: string, actions: string[], mode = 'managed') => ({
  address: `${type}.it`,
  mode,
  type,
  name: 'it',
  change: { actions, before: null, after: null },
});

const planOf = (...changes: unknown[]) =>
  parsePlan(JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', resource_changes: changes }));

describe('summarize', () => {
  it('counts as the closing line of Terraform does: a replacement adds and destroys', () => {
    const summary = summarize(
      planOf(
        change('aws_sns_topic', ['create']),
        change('aws_iam_role', ['update']),
        change('aws_iam_role', ['delete', 'create']),
        change('aws_lambda_function', ['delete']),
      ),
    );

    expect(summary).toEqual({
      add: 2,
      change: 1,
      destroy: 2,
      outputs: 0,
      byType: {
        aws_iam_role: { add: 1, change: 1, destroy: 1 },
        aws_lambda_function: { add: 0, change: 0, destroy: 1 },
        aws_sns_topic: { add: 1, change: 0, destroy: 0 },
      },
    });
  });

  it('counts neither data sources nor what stays as it is', () => {
    expect(summarize(planOf(change('aws_region', ['read'], 'data'), change('aws_iam_role', ['no-op'])))).toEqual({
      add: 0,
      change: 0,
      destroy: 0,
      outputs: 0,
      byType: {},
    });
  });
});

describe('parsePlan', () => {
  it('refuses a format that it does not know', () => {
    expect(() => parsePlan('{"format_version": "2.0", "terraform_version": "9.0.0"}')).toThrow(/"1\."/);
  });
});
