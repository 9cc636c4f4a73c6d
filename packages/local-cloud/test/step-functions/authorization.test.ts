import { type Authorizer, AwsError } from '../../src/contracts';
import type { OperationName } from '../../src/step-functions/api/operations';
import { callback, type Fixture, passThrough, ROLE_ARN, startFixture, waiting, waitUntil } from './fixture';

const CALLER = { roleArn: 'arn:aws:iam::000000000000:role/function' };
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:known';
const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:known:one';
const DEFINITION = JSON.stringify(waiting(3600));

/** Denies everything to whoever is not from outside, and says what was asked. */
class DenyingAuthorizer implements Authorizer {
  readonly asked: string[] = [];
  principalOf = () => undefined;
  authorize(...[principal, action, resource]: Parameters<Authorizer['authorize']>): void {
    if (principal !== undefined) {
      this.asked.push(`${action} ${resource}`);
      throw new AwsError('AccessDeniedException', `${principal.roleArn} may not ${action} ${resource}`);
    }
  }
}

describe('what a caller with a role may do', () => {
  let fixture: Fixture;
  let authorizer: DenyingAuthorizer;

  beforeEach(async () => {
    authorizer = new DenyingAuthorizer();
    fixture = await startFixture({ authorizer });
  });
  afterEach(() => fixture.close());

  it.each<[OperationName, Record<string, unknown>, string]>([
    ['CreateStateMachine', { name: 'known', roleArn: ROLE_ARN, definition: DEFINITION }, MACHINE],
    ['UpdateStateMachine', { stateMachineArn: MACHINE, definition: DEFINITION }, MACHINE],
    ['DescribeStateMachine', { stateMachineArn: MACHINE }, MACHINE],
    ['DeleteStateMachine', { stateMachineArn: MACHINE }, MACHINE],
    ['ListStateMachines', {}, '*'],
    ['ValidateStateMachineDefinition', { definition: DEFINITION }, '*'],
    ['PublishStateMachineVersion', { stateMachineArn: MACHINE }, MACHINE],
    ['ListStateMachineVersions', { stateMachineArn: MACHINE }, MACHINE],
    ['DeleteStateMachineVersion', { stateMachineVersionArn: `${MACHINE}:1` }, `${MACHINE}:1`],
    ['DescribeStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:live` }, `${MACHINE}:live`],
    ['UpdateStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:live` }, `${MACHINE}:live`],
    ['DeleteStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:live` }, `${MACHINE}:live`],
    ['ListStateMachineAliases', { stateMachineArn: MACHINE }, MACHINE],
    ['StartExecution', { stateMachineArn: MACHINE }, MACHINE],
    ['StartSyncExecution', { stateMachineArn: MACHINE }, MACHINE],
    ['StopExecution', { executionArn: EXECUTION }, EXECUTION],
    ['DescribeExecution', { executionArn: EXECUTION }, EXECUTION],
    ['DescribeStateMachineForExecution', { executionArn: EXECUTION }, EXECUTION],
    ['ListExecutions', { stateMachineArn: MACHINE }, MACHINE],
    ['RedriveExecution', { executionArn: EXECUTION }, EXECUTION],
    ['GetExecutionHistory', { executionArn: EXECUTION }, EXECUTION],
    ['TestState', { definition: '{"Type":"Pass","End":true}' }, '*'],
    ['TagResource', { resourceArn: MACHINE, tags: [] }, MACHINE],
    ['UntagResource', { resourceArn: MACHINE, tagKeys: [] }, MACHINE],
    ['ListTagsForResource', { resourceArn: MACHINE }, MACHINE],
  ])('%s is asked about before anything else', async (operation, request, resource) => {
    await expect(fixture.service.call(operation, request as never, CALLER)).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });
    expect(authorizer.asked).toEqual([`states:${operation} ${resource}`]);
  });

  it('creates an alias of the state machine that it routes to', async () => {
    const { stateMachineVersionArn = '' } = await fixture.service.call('CreateStateMachine', {
      name: 'known',
      roleArn: ROLE_ARN,
      definition: JSON.stringify(passThrough),
      publish: true,
    });

    const call = fixture.service.call(
      'CreateStateMachineAlias',
      { name: 'live', routingConfiguration: [{ stateMachineVersionArn, weight: 100 }] },
      CALLER,
    );

    await expect(call).rejects.toMatchObject({ code: 'AccessDeniedException' });
    expect(authorizer.asked).toEqual([`states:CreateStateMachineAlias ${MACHINE}`]);
  });

  it('answers a callback on the state machine whose execution waits for it', async () => {
    let taskToken = '';
    fixture.functions.byName.set('notify', (event) => {
      taskToken = (event as { taskToken: string }).taskToken;
    });
    const { stateMachineArn } = await fixture.service.call('CreateStateMachine', {
      name: 'known',
      roleArn: ROLE_ARN,
      definition: JSON.stringify(callback()),
    });
    const { executionArn } = await fixture.service.call('StartExecution', { stateMachineArn });
    await waitUntil(() => (taskToken === '' ? undefined : taskToken));

    for (const operation of ['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat'] as const) {
      const call = fixture.service.call(operation, { taskToken, output: '{}' }, CALLER);
      await expect(call).rejects.toMatchObject({
        code: 'AccessDeniedException',
        message: expect.not.stringContaining(taskToken),
      });
    }
    expect(authorizer.asked.every((asked) => asked.endsWith(stateMachineArn))).toBe(true);
    expect(await fixture.service.call('DescribeExecution', { executionArn })).toMatchObject({ status: 'RUNNING' });
  });
});
