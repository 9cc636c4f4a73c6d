import { renderPolicy } from '../src/policy';

describe('renderPolicy', () => {
  const read = { actions: ['dynamodb:GetItem'], resources: ['arn:table'] };
  const write = { actions: ['dynamodb:UpdateItem', 'dynamodb:PutItem'], resources: ['arn:table'] };
  const start = { actions: ['states:StartExecution'], resources: ['arn:machine'] };

  it('merges the actions on one resource into one statement, sorted', () => {
    expect(JSON.parse(renderPolicy([write, start, read]))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
          Resource: ['arn:table'],
        },
        { Effect: 'Allow', Action: ['states:StartExecution'], Resource: ['arn:machine'] },
      ],
    });
  });

  it('gives the same text in whatever order grants are made, and however often', () => {
    expect(renderPolicy([read, write, start])).toBe(renderPolicy([start, read, write, read]));
  });

  it('keeps statements apart whose conditions differ', () => {
    const conditional = { ...read, condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } };

    expect(JSON.parse(renderPolicy([read, conditional])).Statement).toEqual([
      { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: ['arn:table'] },
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem'],
        Resource: ['arn:table'],
        Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } },
      },
    ]);
  });

  it('leaves the reason for a wildcard out of the policy', () => {
    const wildcard = { actions: ['xray:PutTraceSegments'], resources: ['*'], reason: 'X-Ray knows no resource' };

    expect(renderPolicy([wildcard])).not.toContain('reason');
  });
});
