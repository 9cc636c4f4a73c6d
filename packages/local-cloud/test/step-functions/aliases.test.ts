import {
  CreateStateMachineAliasCommand,
  type CreateStateMachineAliasCommandInput,
  CreateStateMachineCommand,
  DeleteStateMachineAliasCommand,
  DescribeStateMachineAliasCommand,
  ListStateMachineAliasesCommand,
  type RoutingConfigurationListItem,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { RealClock } from '../../src/clock';
import { type Fixture, failure, passThrough, ROLE_ARN, startFixture } from './fixture';

describe('aliases over the wire', () => {
  const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:aliased';
  const [ONE, TWO, THREE] = [`${ARN}:1`, `${ARN}:2`, `${ARN}:3`];
  let fixture: Fixture;

  beforeEach(async () => {
    fixture = await startFixture({ clock: new RealClock() });
    const definition = (Comment: string) => JSON.stringify({ Comment, ...passThrough });
    await fixture.client.send(
      new CreateStateMachineCommand({ name: 'aliased', roleArn: ROLE_ARN, definition: definition('1'), publish: true }),
    );
    for (const comment of ['2', '3']) {
      await fixture.client.send(
        new UpdateStateMachineCommand({ stateMachineArn: ARN, definition: definition(comment), publish: true }),
      );
    }
  });
  afterEach(() => fixture.close());

  const routes = (...pairs: readonly [arn: string, weight: number][]): RoutingConfigurationListItem[] =>
    pairs.map(([stateMachineVersionArn, weight]) => ({ stateMachineVersionArn, weight }));
  const create = (more: Partial<CreateStateMachineAliasCommandInput> = {}) =>
    fixture.client.send(
      new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration: routes([ONE, 100]), ...more }),
    );

  it.each<[string, RoutingConfigurationListItem[], string]>([
    [
      'a state machine',
      routes([ARN, 100]),
      `Routing configuration must contain state machine version ARNs. Received: [${ARN}]`,
    ],
    [
      'a state machine beside a version',
      routes([ARN, 50], [TWO, 50]),
      `Routing configuration must contain state machine version ARNs. Received: [${ARN}, ${TWO}]`,
    ],
    [
      'another alias',
      routes([`${ARN}:live`, 100]),
      `Routing configuration must contain state machine version ARNs. Received: [${ARN}:live]`,
    ],
    [
      'one version twice',
      routes([ONE, 50], [ONE, 50]),
      `Routing configuration must contain distinct state machine version ARNs. Received: [${ONE}, ${ONE}]`,
    ],
    [
      'weights of less than 100',
      routes([ONE, 70], [TWO, 29]),
      'Sum of routing configuration weights must equal 100. Received: [70, 29]',
    ],
    [
      'weights of more than 100',
      routes([ONE, 70], [TWO, 31]),
      'Sum of routing configuration weights must equal 100. Received: [70, 31]',
    ],
    [
      'a weight above 100',
      routes([ONE, 101]),
      "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      'three versions',
      routes([ONE, 50], [TWO, 30], [THREE, 20]),
      `1 validation error detected: Value '[RoutingConfigurationListItem(stateMachineVersionArn=${ONE}, weight=50), RoutingConfigurationListItem(stateMachineVersionArn=${TWO}, weight=30), RoutingConfigurationListItem(stateMachineVersionArn=${THREE}, weight=20)]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2`,
    ],
  ])('do not route to %s', async (_, routingConfiguration, message) => {
    expect(await failure(create({ routingConfiguration }))).toEqual({
      name: 'ValidationException',
      message,
      status: 400,
    });
    const { stateMachineAliasArn } = await create();
    const update = new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration });
    expect(await failure(fixture.client.send(update))).toMatchObject({ name: 'ValidationException', message });
  });

  it('do not route to versions that are not there', async () => {
    expect(await failure(create({ routingConfiguration: routes([`${ARN}:9`, 100]) }))).toMatchObject({
      name: 'ResourceNotFound',
      message: 'Request references a resource that does not exist.',
    });
  });

  it.each(['123', 'INVALID ALIAS', '!INVALID', 'ALIAS@'])('do not have the name %s', async (name) => {
    expect(await failure(create({ name }))).toEqual({
      name: 'ValidationException',
      message: `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$`,
      status: 400,
    });
  });

  it('are created once, and not otherwise under the same name', async () => {
    const first = await create({ description: 'd' });
    expect(await create({ description: 'd' })).toMatchObject({
      stateMachineAliasArn: first.stateMachineAliasArn,
      creationDate: first.creationDate,
    });
    await create({ name: 'live-second', description: 'd' });

    for (const other of [{ description: 'other' }, { description: 'd', routingConfiguration: routes([TWO, 100]) }]) {
      expect(await failure(create(other))).toMatchObject({
        name: 'ConflictException',
        message:
          'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
      });
    }
    const { stateMachineAliases } = await fixture.client.send(
      new ListStateMachineAliasesCommand({ stateMachineArn: ARN }),
    );
    expect(stateMachineAliases?.map(({ stateMachineAliasArn }) => stateMachineAliasArn)).toEqual([
      `${ARN}:live`,
      `${ARN}:live-second`,
    ]);
  });

  it('that are not there are deleted already, and cannot be described or updated', async () => {
    const stateMachineAliasArn = `${ARN}:nope`;
    await fixture.client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
    await fixture.client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn: `${ARN}-gone:live` }));

    const unknown = {
      name: 'ResourceNotFound',
      message: 'Request references a resource that does not exist.',
    };
    const update = new UpdateStateMachineAliasCommand({ stateMachineAliasArn, description: 'x' });
    expect(await failure(fixture.client.send(update))).toMatchObject(unknown);
    expect(
      await failure(fixture.client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }))),
    ).toMatchObject(unknown);
  });
});
