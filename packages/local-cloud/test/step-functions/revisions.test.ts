import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ListStateMachineVersionsCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateStateMachineCommand,
  type UpdateStateMachineCommandInput,
} from '@aws-sdk/client-sfn';
import { RealClock } from '../../src/clock';
import { type Fixture, failure, passThrough, ROLE_ARN, startFixture } from './fixture';

const DEFINITION = JSON.stringify(passThrough);
const OTHER = JSON.stringify({ StartAt: 'Done', States: { Done: { Type: 'Succeed' } } });
const LOG_GROUP = { cloudWatchLogsLogGroup: { logGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:sfn:*' } };

describe('revisions of a state machine', () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await startFixture({ clock: new RealClock() });
  });
  afterEach(() => fixture.close());

  const create = async (more: Partial<CreateStateMachineCommandInput> = {}): Promise<string> => {
    const { stateMachineArn = '' } = await fixture.client.send(
      new CreateStateMachineCommand({ name: 'revised', roleArn: ROLE_ARN, definition: DEFINITION, ...more }),
    );
    return stateMachineArn;
  };
  const update = (stateMachineArn: string, changes: Partial<UpdateStateMachineCommandInput>) =>
    fixture.client.send(new UpdateStateMachineCommand({ stateMachineArn, ...changes }));
  const describeMachine = (stateMachineArn: string) =>
    fixture.client.send(new DescribeStateMachineCommand({ stateMachineArn }));

  it.each<[string, Partial<UpdateStateMachineCommandInput>]>([
    ['definition', { definition: OTHER }],
    ['role', { roleArn: 'arn:aws:iam::000000000000:role/other' }],
    ['logging', { loggingConfiguration: { level: 'ALL', destinations: [LOG_GROUP] } }],
    ['tracing', { tracingConfiguration: { enabled: true } }],
    ['encryption', { encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'alias/key' } }],
  ])('are made by another %s, and not by the same one again', async (_, changes) => {
    const arn = await create();

    const first = await update(arn, changes);
    const second = await update(arn, changes);

    expect(first.revisionId).toEqual(expect.any(String));
    expect(second.revisionId).toBe(first.revisionId);
    expect(await describeMachine(arn)).toMatchObject({ revisionId: first.revisionId });
  });

  it.each([true, false])('have no id before the first change, published at creation or not (%s)', async (publish) => {
    const arn = await create({ publish });

    const updates = [
      await update(arn, { definition: DEFINITION, publish: true }),
      await update(arn, { definition: DEFINITION, roleArn: ROLE_ARN, publish: true }),
    ];

    for (const answer of updates) {
      expect(answer).toMatchObject({ stateMachineVersionArn: `${arn}:1`, updateDate: expect.any(Date) });
      expect(answer).not.toHaveProperty('revisionId');
    }
    expect(await describeMachine(`${arn}:1`)).not.toHaveProperty('revisionId');
    expect(await describeMachine(arn)).not.toHaveProperty('revisionId');
  });

  it('are published as versions of their own', async () => {
    const arn = await create();
    const { revisionId, stateMachineVersionArn } = await update(arn, {
      definition: OTHER,
      publish: true,
      versionDescription: 'other',
    });
    await update(arn, { definition: DEFINITION });

    expect(stateMachineVersionArn).toBe(`${arn}:1`);
    expect(await describeMachine(`${arn}:1`)).toMatchObject({
      stateMachineArn: `${arn}:1`,
      definition: OTHER,
      description: 'other',
      revisionId,
    });
    const { executionArn } = await fixture.client.send(new StartExecutionCommand({ stateMachineArn: `${arn}:1` }));
    expect(await fixture.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }))).toMatchObject({
      stateMachineArn: arn,
      definition: OTHER,
      revisionId,
    });
    const { stateMachineVersions } = await fixture.client.send(
      new ListStateMachineVersionsCommand({ stateMachineArn: arn }),
    );
    expect(stateMachineVersions).toHaveLength(1);
  });

  it.each(['1', '2', 'live'])('are not made by way of a version or an alias: %s', async (qualifier) => {
    const arn = await create({ publish: true });
    await fixture.service.call('CreateStateMachineAlias', {
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn: `${arn}:1`, weight: 100 }],
    });
    const unknown = {
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${arn}:${qualifier}'`,
    };

    expect(await failure(update(`${arn}:${qualifier}`, { definition: OTHER }))).toMatchObject(unknown);
    expect(
      await failure(
        fixture.client.send(new PublishStateMachineVersionCommand({ stateMachineArn: `${arn}:${qualifier}` })),
      ),
    ).toMatchObject(unknown);
    expect(await describeMachine(arn)).toMatchObject({ definition: DEFINITION });
  });

  it.each([{}, { publish: true }])('need something to change: %j', async (changes) => {
    const arn = await create();
    expect(await failure(update(arn, changes))).toMatchObject({
      name: 'MissingRequiredParameter',
      message:
        'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
    });
  });

  it.each([
    { level: 'ALL' as const },
    { level: 'ERROR' as const, destinations: [] },
    { level: 'FATAL' as const },
    { level: 'ALL' as const, destinations: [LOG_GROUP, LOG_GROUP] },
  ])('log to exactly one destination: %j', async (loggingConfiguration) => {
    const refused = {
      name: 'InvalidLoggingConfiguration',
      message: 'Invalid Logging Configuration: Must specify exactly one Log Destination.',
    };
    expect(await failure(create({ loggingConfiguration }))).toMatchObject(refused);
    const arn = await create();
    expect(await failure(update(arn, { loggingConfiguration }))).toMatchObject(refused);
  });

  it.each([{}, { destinations: [] }])('do not log without a level: %j', async (loggingConfiguration) => {
    expect(await describeMachine(await create({ loggingConfiguration }))).toMatchObject({
      loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...loggingConfiguration },
    });
  });

  it('are not encrypted with a key of the customer that is not named', async () => {
    const encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY' as const };
    expect(await failure(create({ encryptionConfiguration }))).toMatchObject({
      name: 'InvalidEncryptionConfiguration',
    });
    expect(
      await failure(fixture.client.send(new DescribeStateMachineCommand({ stateMachineArn: 'not_a_valid_arn' }))),
    ).toMatchObject({ name: 'InvalidArn', message: "Invalid Arn: 'Invalid ARN prefix: not_a_valid_arn'" });
  });
});

describe('StartSyncExecution of a state machine that fails', () => {
  it.each([
    { includedData: 'ALL_DATA' as const, included: true },
    { includedData: 'METADATA_ONLY' as const, included: false },
  ])('says whether its output is included: $includedData', async ({ includedData, included }) => {
    const fixture = await startFixture({ clock: new RealClock() });
    const definition = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'E', Cause: 'c' } } };
    const { stateMachineArn } = await fixture.client.send(
      new CreateStateMachineCommand({
        name: 'failing',
        type: 'EXPRESS',
        roleArn: ROLE_ARN,
        definition: JSON.stringify(definition),
      }),
    );

    const answer = await fixture.client.send(new StartSyncExecutionCommand({ stateMachineArn, includedData }));

    expect(answer).toMatchObject({
      status: 'FAILED',
      error: 'E',
      cause: 'c',
      inputDetails: { included },
      outputDetails: { included },
    });
    expect(answer).not.toHaveProperty('output');
    const asked = fixture.client.send(new DescribeExecutionCommand({ executionArn: answer.executionArn }));
    expect(await failure(asked)).toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    });
    await fixture.close();
  });
});
