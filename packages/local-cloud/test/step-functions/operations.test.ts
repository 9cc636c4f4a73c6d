/** Proves that every operation of the AWS SDK's client is served, and that requests are checked as AWS checks them. */
import * as sfn from '@aws-sdk/client-sfn';
import { RealClock } from '../../src/clock';
import { OPERATIONS } from '../../src/step-functions/api/operations';
import { createMachine, type Fixture, failure, passThrough, startFixture } from './fixture';

const ofTheSdk = Object.keys(sfn)
  .filter((name) => name.endsWith('Command') && name !== '$Command')
  .map((name) => name.slice(0, -'Command'.length));

describe('the operations of the API', () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await startFixture({ clock: new RealClock() });
  });
  afterEach(() => fixture.close());

  it('are those of the SDK', () => {
    expect(Object.keys(OPERATIONS).sort()).toEqual(ofTheSdk.sort());
  });

  it('name the values that a filter of executions takes, in the order of AWS', async () => {
    const stateMachineArn = await createMachine(fixture.client, passThrough);
    const list = new sfn.ListExecutionsCommand({ stateMachineArn, statusFilter: 'succeeded' as sfn.ExecutionStatus });
    expect(await failure(fixture.client.send(list))).toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    });
  });

  it.each([{}, { stateMachineArn: 'arn:a', mapRunArn: 'arn:b' }])(
    'list executions of one thing, not of %j',
    async (of) => {
      expect(await failure(fixture.client.send(new sfn.ListExecutionsCommand(of)))).toMatchObject({
        name: 'ValidationException',
        message: 'Must provide a StateMachine ARN or MapRun ARN',
      });
    },
  );

  it('name the pattern that a member has to match', async () => {
    const stateMachineArn = await createMachine(fixture.client, passThrough);
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:one`;
    const start = (traceHeader: string) =>
      fixture.client.send(new sfn.StartExecutionCommand({ stateMachineArn, name: 'one', traceHeader }));

    await start('Root=1;\tparent');
    expect(await failure(start('ä'))).toMatchObject({
      message:
        "1 validation error detected: Value 'ä' at 'traceHeader' failed to satisfy constraint: Member must satisfy regular expression pattern: \\p{ASCII}*",
    });
    const redrive = new sfn.RedriveExecutionCommand({ executionArn, clientToken: 'a b' });
    expect(await failure(fixture.client.send(redrive))).toMatchObject({
      message:
        "1 validation error detected: Value 'a b' at 'clientToken' failed to satisfy constraint: Member must satisfy regular expression pattern: [!-~]+",
    });
  });

  it('tell ARNs that are none from resources that are not there', async () => {
    const { client } = fixture;
    const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:gone';
    const tags = [{ key: 'a', value: 'b' }];
    const unknownMachine = `State Machine Does Not Exist: '${machine}'`;

    expect(await failure(client.send(new sfn.ListExecutionsCommand({ stateMachineArn: machine })))).toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: unknownMachine,
    });
    expect(
      await failure(client.send(new sfn.PublishStateMachineVersionCommand({ stateMachineArn: machine }))),
    ).toMatchObject({ name: 'StateMachineDoesNotExist', message: unknownMachine });
    expect(await failure(client.send(new sfn.TagResourceCommand({ resourceArn: machine, tags })))).toMatchObject({
      name: 'ResourceNotFound',
      message: `Resource not found: '${machine}'`,
    });
    for (const call of [
      client.send(new sfn.ListExecutionsCommand({ stateMachineArn: 'none' })),
      client.send(new sfn.PublishStateMachineVersionCommand({ stateMachineArn: 'none' })),
      client.send(new sfn.TagResourceCommand({ resourceArn: 'none', tags })),
      client.send(new sfn.ListTagsForResourceCommand({ resourceArn: 'none' })),
    ]) {
      expect(await failure(call)).toMatchObject({
        name: 'InvalidArn',
        message: "Invalid Arn: 'Invalid ARN prefix: none'",
      });
    }
  });
});
