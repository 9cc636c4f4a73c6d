import { Iam } from '../../src/iam';

const statement = (Effect: string, Action: string | string[], Resource: string | string[]) => ({
  Effect,
  Action,
  Resource,
});
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const trust = (service: string, Condition?: object) =>
  policy({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: service },
    ...(Condition && { Condition }),
  });

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/tasks';

describe('IAM', () => {
  let iam: Iam;
  let roleArn: string;

  beforeEach(() => {
    iam = new Iam();
    roleArn = iam.createRole('worker', trust('lambda.amazonaws.com'));
  });

  const allowed = (action: string, resource: string) => {
    try {
      iam.authorize({ roleArn, sessionName: 'fn' }, action, resource);
      return true;
    } catch {
      return false;
    }
  };

  it.each([
    ['the same action and resource', 'dynamodb:GetItem', TABLE, true],
    ['another case of the action', 'DynamoDB:getitem', TABLE, true],
    ['another action', 'dynamodb:PutItem', TABLE, false],
    ['another resource', 'dynamodb:GetItem', `${TABLE}2`, false],
    ['another case of the resource', 'dynamodb:GetItem', TABLE.toUpperCase(), false],
  ])('%s: %s', (_what, action, resource, expected) => {
    iam.putRolePolicy('worker', 'p', policy(statement('Allow', 'dynamodb:GetItem', TABLE)));
    expect(allowed(action, resource)).toBe(expected);
  });

  it.each([
    ['dynamodb:*', `${TABLE}*`, 'dynamodb:Query', `${TABLE}/index/byState`, true],
    ['dynamodb:Get*', '*', 'dynamodb:PutItem', TABLE, false],
    [
      'states:StopExecution',
      'arn:aws:states:*:*:execution:child:*',
      'states:StopExecution',
      'arn:aws:states:us-east-1:000000000000:execution:child:one',
      true,
    ],
    ['*', 'arn:aws:s3:::bucket-?', '*', 'arn:aws:s3:::bucket-12', false],
    ['a.b:*', '*', 'aXb:c', '*', false],
  ])('%s on %s answers %s on %s with %s', (actionPattern, resourcePattern, action, resource, expected) => {
    iam.putRolePolicy('worker', 'p', policy(statement('Allow', actionPattern, resourcePattern)));
    expect(allowed(action, resource)).toBe(expected);
  });

  it('a denial wins over a grant, in whichever policy', () => {
    iam.putRolePolicy('worker', 'all', policy(statement('Allow', '*', '*')));
    const arn = iam.createPolicy('no-deletes', policy(statement('Deny', 'dynamodb:DeleteItem', '*')));
    iam.attachRolePolicy('worker', arn);
    expect(allowed('dynamodb:GetItem', TABLE)).toBe(true);
    expect(() => iam.authorize({ roleArn, sessionName: 'fn' }, 'dynamodb:DeleteItem', TABLE)).toThrow(
      `User: arn:aws:sts::000000000000:assumed-role/worker/fn is not authorized to perform: dynamodb:DeleteItem on resource: ${TABLE} with an explicit deny in an identity-based policy`,
    );
  });

  it('a caller from outside may do everything', () => {
    expect(() => iam.authorize(undefined, 'dynamodb:DeleteTable', TABLE)).not.toThrow();
  });

  it('knows a role by the key that it was given, until that is taken back', () => {
    const { accessKeyId } = iam.issueCredentials(roleArn, 'fn');
    expect(iam.principalOf(accessKeyId)).toEqual({ roleArn, sessionName: 'fn' });
    iam.revokeCredentials(accessKeyId);
    expect(iam.principalOf(accessKeyId)).toBeUndefined();
  });

  describe('trust', () => {
    it('a role serves only the services that it names', () => {
      expect(() => iam.checkAssumable(roleArn, 'lambda.amazonaws.com')).not.toThrow();
      expect(() => iam.checkAssumable(roleArn, 'states.amazonaws.com')).toThrow(
        `The role ${roleArn} cannot be assumed by states.amazonaws.com`,
      );
      expect(() => iam.checkAssumable(`${roleArn}2`, 'lambda.amazonaws.com')).toThrow('is not in the loaded stacks');
    });

    it('and only for the sources that its conditions name', () => {
      const arn = iam.createRole(
        'machine',
        trust('states.amazonaws.com', {
          StringEquals: { 'aws:SourceAccount': '000000000000' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:states:*:*:stateMachine:a*' },
        }),
      );
      const context = (sourceArn: string) => ({ 'aws:sourceaccount': '000000000000', 'aws:sourcearn': sourceArn });
      const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:';
      expect(() => iam.checkAssumable(arn, 'states.amazonaws.com', context(`${machine}abc`))).not.toThrow();
      expect(() => iam.checkAssumable(arn, 'states.amazonaws.com', context(`${machine}xyz`))).toThrow(
        'cannot be assumed',
      );
      expect(() => iam.checkAssumable(arn, 'states.amazonaws.com')).toThrow('cannot be assumed');
    });
  });

  it.each([
    ['no JSON', 'x', 'policy is not JSON'],
    ['NotAction', policy({ Effect: 'Allow', NotAction: 'a:b', Resource: '*' }), 'policy element'],
    [
      'an unknown condition key',
      policy({ ...statement('Allow', 'a:b', '*'), Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } }),
      'conditions may use StringEquals, StringLike, ArnEquals, ArnLike on aws:SourceAccount and aws:SourceArn',
    ],
    [
      'another version',
      JSON.stringify({ Version: '2008-10-17', Statement: [] }),
      'policy element `Version` is not supported',
    ],
  ])('a policy with %s is refused', (_what, document, message) => {
    expect(() => iam.putRolePolicy('worker', 'p', document)).toThrow(message);
  });
});
