import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  ListStateMachinesCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { RealClock } from '../../src/clock';
import { type Fixture, failure, passThrough, ROLE_ARN, startFixture, waiting } from './fixture';

const returning = (value: unknown) =>
  JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Result: value, End: true } } });

describe('state machines over the wire', () => {
  let fixture: Fixture;
  let random = 0;
  const create = (name: string, more: Partial<CreateStateMachineCommandInput> = {}) =>
    fixture.client.send(
      new CreateStateMachineCommand({ name, roleArn: ROLE_ARN, definition: JSON.stringify(passThrough), ...more }),
    );
  const describeMachine = (stateMachineArn?: string) =>
    fixture.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const run = async (stateMachineArn?: string) => {
    const { executionArn } = await fixture.client.send(new StartExecutionCommand({ stateMachineArn }));
    return fixture.client.send(new DescribeExecutionCommand({ executionArn }));
  };

  beforeEach(async () => {
    fixture = await startFixture({ clock: new RealClock(), random: () => random });
  });
  afterEach(() => fixture.close());

  describe('CreateStateMachine', () => {
    it('creates what DescribeStateMachine describes', async () => {
      const { stateMachineArn, creationDate } = await create('hello', { type: 'STANDARD' });

      expect(stateMachineArn).toBe('arn:aws:states:us-east-1:000000000000:stateMachine:hello');
      expect(await describeMachine(stateMachineArn)).toMatchObject({
        stateMachineArn,
        name: 'hello',
        status: 'ACTIVE',
        type: 'STANDARD',
        roleArn: ROLE_ARN,
        definition: JSON.stringify(passThrough),
        creationDate,
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
      });
    });

    it('says which variables each state refers to, and keeps the definition back when asked to', async () => {
      const States = {
        Set: { Type: 'Pass', Assign: { x: 1 }, Next: 'Get' },
        Get: { Type: 'Pass', InputPath: '$x', End: true },
      };
      const definition = JSON.stringify({ StartAt: 'Set', States });
      const { stateMachineArn } = await create('variables', { definition });

      expect(await describeMachine(stateMachineArn)).toMatchObject({ definition, variableReferences: { Get: ['x'] } });
      const metadata = new DescribeStateMachineCommand({ stateMachineArn, includedData: 'METADATA_ONLY' });
      expect(await fixture.client.send(metadata)).toMatchObject({ definition: '{}', roleArn: ROLE_ARN });
    });

    it('answers a repetition as the first time, whatever its role and tags', async () => {
      const first = await create('twice');

      const second = await create('twice', {
        roleArn: 'arn:aws:iam::000000000000:role/another',
        tags: [{ key: 'a', value: 'b' }],
      });

      expect(second).toMatchObject({ stateMachineArn: first.stateMachineArn, creationDate: first.creationDate });
      expect(await describeMachine(first.stateMachineArn)).toMatchObject({ roleArn: ROLE_ARN });
    });

    it.each<[string, Partial<CreateStateMachineCommandInput>]>([
      ['definition', { definition: returning(1) }],
      ['type', { type: 'EXPRESS' }],
      ['tracing', { tracingConfiguration: { enabled: true } }],
      ['publication', { publish: true }],
    ])('refuses a repetition with another %s', async (_, change) => {
      const { stateMachineArn } = await create('clash');

      expect(await failure(create('clash', change))).toEqual({
        name: 'StateMachineAlreadyExists',
        message: `State Machine Already Exists: '${stateMachineArn}'`,
        status: 400,
      });
    });

    it('refuses a definition without states in the words of AWS', async () => {
      expect(await failure(create('bad', { definition: '{"StartAt":"State_1"}' }))).toEqual({
        name: 'InvalidDefinition',
        message:
          "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
        status: 400,
      });
    });

    it.each([
      ['glue:startJobRun.sync', 'arn:aws:states:::glue:startJobRun.sync'],
      ['aws-sdk:s3:getObject', 'arn:aws:states:::aws-sdk:s3:getObject'],
      ['an action of a service that it knows', 'arn:aws:states:::aws-sdk:sfn:nope'],
    ])(
      'creates a state machine with %s, whose executions fail at the state that nothing carries out',
      async (_, resource) => {
        const catching = { ErrorEquals: ['States.ALL'], Next: 'Caught' };
        const task = { Type: 'Task', Resource: resource, Catch: [catching], End: true };
        const states = { Send: task, Caught: { Type: 'Pass', End: true } };

        const { stateMachineArn } = await create('not-run', {
          definition: JSON.stringify({ StartAt: 'Send', States: states }),
        });

        expect(await run(stateMachineArn)).toMatchObject({
          status: 'FAILED',
          error: 'States.Runtime',
          cause: expect.stringMatching(
            /^The resource '\S+' is not supported by this runtime\. Supported: Lambda function ARNs, .*Mock the state \(--mocks\)/,
          ),
        });
      },
    );

    it('refuses a role that is none', async () => {
      expect(await failure(create('role', { roleArn: 'nobody' }))).toMatchObject({ name: 'InvalidArn' });
    });

    it('reports every violated constraint at once', async () => {
      const response = await fetch(fixture.endpoint.url, {
        method: 'POST',
        headers: { 'x-amz-target': 'AWSStepFunctions.CreateStateMachine' },
        body: JSON.stringify({ name: '', definition: '{}', type: 'FAST' }),
      });

      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        __type: 'ValidationException',
        message:
          "3 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
          "Value null at 'roleArn' failed to satisfy constraint: Member must not be null; " +
          "Value 'FAST' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]",
      });
    });
  });

  it.each([
    ['not JSON', '{'],
    ['a number', '{"name":7}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['text', '"text"'],
  ])('answers a body that is %s with 400', async (_, body) => {
    const response = await fetch(fixture.endpoint.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSStepFunctions.CreateStateMachine' },
      body,
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: expect.stringMatching(/^(SerializationException|ValidationException)$/),
      message: expect.any(String),
    });
  });

  it('knows no operation by the name of a property', async () => {
    const response = await fetch(fixture.endpoint.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSStepFunctions.toString' },
      body: '{}',
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('toString'),
    });
  });

  describe('UpdateStateMachine', () => {
    it('changes what later executions run', async () => {
      const { stateMachineArn } = await create('changing', { definition: returning('old') });

      const { revisionId } = await fixture.client.send(
        new UpdateStateMachineCommand({ stateMachineArn, definition: returning('new') }),
      );

      expect(await run(stateMachineArn)).toMatchObject({ output: '"new"' });
      expect(await describeMachine(stateMachineArn)).toMatchObject({ revisionId, roleArn: ROLE_ARN });
    });

    it('asks for something to change', async () => {
      const { stateMachineArn } = await create('same');

      expect(await failure(fixture.client.send(new UpdateStateMachineCommand({ stateMachineArn })))).toMatchObject({
        name: 'MissingRequiredParameter',
      });
    });

    it('keeps the old definition when the new one is not valid', async () => {
      const { stateMachineArn } = await create('kept', { definition: returning('old') });

      const call = fixture.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: '{}' }));

      expect(await failure(call)).toMatchObject({ name: 'InvalidDefinition' });
      expect(await run(stateMachineArn)).toMatchObject({ output: '"old"' });
    });
  });

  describe('DeleteStateMachine', () => {
    it('deletes, and deletes again what is already gone', async () => {
      const { stateMachineArn } = await create('gone');

      await fixture.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
      await fixture.client.send(new DeleteStateMachineCommand({ stateMachineArn }));

      expect(await failure(describeMachine(stateMachineArn))).toMatchObject({ name: 'StateMachineDoesNotExist' });
      expect((await fixture.client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
    });

    it('refuses starts while executions run, and ends with them', async () => {
      const { stateMachineArn } = await create('busy', { definition: JSON.stringify(waiting(3600)) });
      const { executionArn } = await fixture.client.send(new StartExecutionCommand({ stateMachineArn }));
      await fixture.client.send(new DeleteStateMachineCommand({ stateMachineArn }));

      expect(await describeMachine(stateMachineArn)).toMatchObject({ status: 'DELETING' });
      expect(await failure(run(stateMachineArn))).toMatchObject({ name: 'StateMachineDeleting' });
      await fixture.service.call('StopExecution', { executionArn: executionArn ?? '' });
      expect(await failure(describeMachine(stateMachineArn))).toMatchObject({ name: 'StateMachineDoesNotExist' });
    });

    it('aborts running executions at their next transition', async () => {
      const virtual = await startFixture();
      const { stateMachineArn } = await virtual.service.call('CreateStateMachine', {
        name: 'doomed',
        roleArn: ROLE_ARN,
        definition: JSON.stringify({
          StartAt: 'Wait',
          States: {
            Wait: { Type: 'Wait', Seconds: 60, Next: 'Never' },
            Never: { Type: 'Wait', Seconds: 60, End: true },
          },
        }),
      });
      const ended = new Promise((resolve) => {
        virtual.service.events.on('status', (notice) => notice.status !== 'RUNNING' && resolve(notice.status));
      });
      await virtual.service.call('StartExecution', { stateMachineArn });

      await virtual.service.call('DeleteStateMachine', { stateMachineArn });

      expect(await ended).toBe('ABORTED');
      await virtual.close();
    });
  });

  it('lists state machines by name, in pages', async () => {
    for (const name of ['c', 'a', 'b']) {
      await create(name);
    }

    const first = await fixture.client.send(new ListStateMachinesCommand({ maxResults: 2 }));
    const second = await fixture.client.send(
      new ListStateMachinesCommand({ maxResults: 2, nextToken: first.nextToken }),
    );

    expect(first.stateMachines?.map((machine) => machine.name)).toEqual(['a', 'b']);
    expect(second.stateMachines?.map((machine) => machine.name)).toEqual(['c']);
  });

  it('validates a definition without creating anything', async () => {
    const validate = (definition: string) =>
      fixture.client.send(new ValidateStateMachineDefinitionCommand({ definition }));

    expect(await validate(JSON.stringify(passThrough))).toMatchObject({ result: 'OK', diagnostics: [] });
    expect(await validate('{"StartAt":"A"}')).toMatchObject({
      result: 'FAIL',
      diagnostics: [expect.objectContaining({ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED' })],
    });
  });

  describe('versions', () => {
    it('are published once per revision, numbered, and run what was published', async () => {
      const { stateMachineArn } = await create('versioned', { definition: returning('one') });
      const publish = () => fixture.client.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
      const one = await publish();
      await fixture.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: returning('two') }));

      const again = await publish();

      expect(one.stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
      expect(again.stateMachineVersionArn).toBe(`${stateMachineArn}:2`);
      expect((await publish()).stateMachineVersionArn).toBe(`${stateMachineArn}:2`);
      expect(await run(`${stateMachineArn}:1`)).toMatchObject({
        output: '"one"',
        stateMachineArn,
        stateMachineVersionArn: `${stateMachineArn}:1`,
      });
      const { stateMachineVersions } = await fixture.client.send(
        new ListStateMachineVersionsCommand({ stateMachineArn }),
      );
      expect(stateMachineVersions?.map((version) => version.stateMachineVersionArn)).toEqual([
        `${stateMachineArn}:2`,
        `${stateMachineArn}:1`,
      ]);
    });

    it('list the executions that they ran', async () => {
      const { stateMachineArn, stateMachineVersionArn } = await create('listed', { publish: true });
      await run(stateMachineArn);
      const { executionArn } = await run(stateMachineVersionArn);

      const { executions } = await fixture.client.send(
        new ListExecutionsCommand({ stateMachineArn: stateMachineVersionArn }),
      );

      expect(executions).toEqual([expect.objectContaining({ executionArn, stateMachineVersionArn })]);
    });

    it('are not published for another revision than the one named', async () => {
      const { stateMachineArn } = await create('raced');

      const call = fixture.client.send(new PublishStateMachineVersionCommand({ stateMachineArn, revisionId: 'stale' }));

      expect(await failure(call)).toMatchObject({ name: 'ConflictException' });
    });
  });

  describe('aliases', () => {
    it('route by weight between two versions', async () => {
      const { stateMachineArn } = await create('routed', { definition: returning('one'), publish: true });
      await fixture.client.send(
        new UpdateStateMachineCommand({ stateMachineArn, definition: returning('two'), publish: true }),
      );
      const { stateMachineAliasArn } = await fixture.client.send(
        new CreateStateMachineAliasCommand({
          name: 'live',
          routingConfiguration: [
            { stateMachineVersionArn: `${stateMachineArn}:1`, weight: 90 },
            { stateMachineVersionArn: `${stateMachineArn}:2`, weight: 10 },
          ],
        }),
      );

      random = 0.89;
      expect(await run(stateMachineAliasArn)).toMatchObject({ output: '"one"', stateMachineAliasArn });
      random = 0.9;
      expect(await run(stateMachineAliasArn)).toMatchObject({
        output: '"two"',
        stateMachineVersionArn: `${stateMachineArn}:2`,
      });
    });

    it('are updated, described, listed and deleted; the versions that they name are kept', async () => {
      const { stateMachineArn, stateMachineVersionArn = '' } = await create('aliased', { publish: true });
      const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
      const { stateMachineAliasArn } = await fixture.client.send(
        new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }),
      );
      await fixture.client.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, description: 'changed' }));

      expect(await fixture.client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn }))).toMatchObject({
        name: 'live',
        description: 'changed',
        routingConfiguration,
      });
      const { stateMachineAliases } = await fixture.client.send(
        new ListStateMachineAliasesCommand({ stateMachineArn }),
      );
      expect(stateMachineAliases).toHaveLength(1);
      const deletion = () => fixture.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn }));
      expect(await failure(deletion())).toMatchObject({
        name: 'ConflictException',
        message: expect.stringContaining('[live]'),
      });
      await fixture.client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn }));
      await deletion();
      expect(await failure(run(stateMachineVersionArn))).toMatchObject({ name: 'StateMachineDoesNotExist' });
    });

    it('need weights of 100 in all', async () => {
      const { stateMachineVersionArn = '' } = await create('heavy', { publish: true });

      const call = fixture.client.send(
        new CreateStateMachineAliasCommand({
          name: 'live',
          routingConfiguration: [{ stateMachineVersionArn, weight: 99 }],
        }),
      );

      expect(await failure(call)).toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('99'),
      });
    });
  });

  it('tags state machines, 50 times at most', async () => {
    const { stateMachineArn: resourceArn } = await create('tagged', { tags: [{ key: 'a', value: '1' }] });
    await fixture.client.send(new TagResourceCommand({ resourceArn, tags: [{ key: 'b', value: '2' }] }));
    await fixture.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));

    const { tags } = await fixture.client.send(new ListTagsForResourceCommand({ resourceArn }));

    expect(tags).toEqual([{ key: 'b', value: '2' }]);
    const many = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '' }));
    expect(await failure(fixture.client.send(new TagResourceCommand({ resourceArn, tags: many })))).toMatchObject({
      name: 'TooManyTags',
    });
  });
});
