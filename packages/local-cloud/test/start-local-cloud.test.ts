import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetActivityTaskCommand, SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { AutoAdvancingClock, type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../src';
import { clientOptions } from './support/client-options';
import { ended } from './support/ended';
import { addFunction, addRule, sampleStack, synthesized } from './terraform/support/synthesized';

/** Starts the machine over the wire, with the credentials and the endpoint of its environment, as an SDK does. */
const START = `
  const call = (target, body) => fetch(process.env.AWS_ENDPOINT_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': target,
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/us-east-1/x/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  }).then(async (response) => ({ status: response.status, body: await response.json() }));
  exports.handler = async (event) => {
    const { query, write } = JSON.parse(event.body);
    const answer = query !== undefined
      ? await call('DynamoDB_20120810.Query', {
          TableName: process.env.TABLE,
          ...(query && { IndexName: query }),
          KeyConditionExpression: query ? 'customer = :value' : 'id = :value',
          ExpressionAttributeValues: { ':value': { S: 'a' } },
        })
      : write
      ? await call('DynamoDB_20120810.PutItem', { TableName: process.env.TABLE, Item: { id: { S: 'a' } } })
      : await call('AWSStepFunctions.StartExecution', { stateMachineArn: process.env.MACHINE, input: '21' });
    return { statusCode: answer.status, body: JSON.stringify(answer.body) };
  };
`;
const SHOW = "exports.handler = async (event) => console.log('EVENT ' + JSON.stringify(event));";
const DOUBLE = 'exports.handler = async (n) => n * 2;';

describe('startLocalCloud', () => {
  let cloud: LocalCloud | undefined;
  let client: SFNClient | undefined;

  afterEach(async () => {
    client?.destroy();
    await cloud?.close();
    cloud = undefined;
    client = undefined;
  });

  async function start(stack: object, options: Partial<LocalCloudOptions> = {}): Promise<LocalCloud> {
    const outDir = synthesized({ Sample: stack }, { double: DOUBLE, show: SHOW, start: START });
    cloud = await startLocalCloud({ outDir, port: 0, ...options });
    return cloud;
  }

  /** A client that is closed after the test. */
  function connect(): SFNClient {
    client ??= new SFNClient(clientOptions(cloud?.endpoint ?? ''));
    return client;
  }

  const post = (body: object) =>
    fetch(new URL('start', String(cloud?.outputs.Sample?.Endpoint)), { method: 'POST', body: JSON.stringify(body) });

  it('serves a stack from its API through a function and a state machine to another function', async () => {
    await start(sampleStack());
    const response = await post({});
    expect(response.status).toBe(200);
    const { executionArn } = (await response.json()) as { executionArn: string };
    expect(await ended(connect(), executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '42' });
  });

  it('gives outputs as cdktf writes them: by stack, without sensitive ones', async () => {
    const { endpoint, outputs } = await start(sampleStack());
    expect(outputs).toEqual({
      Sample: {
        Endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/prod\/$/),
        MachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine',
      },
    });
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('creates activities, and runs state machines that wait for their workers', async () => {
    const stack = sampleStack();
    stack.resource.aws_sfn_activity = { approve: { name: 'approve', tags: { team: 'one' } } };
    const definition = {
      StartAt: 'Ask',
      States: { Ask: { Type: 'Task', Resource: '${aws_sfn_activity.approve.arn}', End: true } },
    };
    Object.assign(stack.resource.aws_sfn_state_machine?.machine ?? {}, { definition: JSON.stringify(definition) });
    const { outputs } = await start(stack);

    const stateMachineArn = String(outputs.Sample?.MachineArn);
    const { executionArn } = await connect().send(new StartExecutionCommand({ stateMachineArn, input: '1' }));
    const activityArn = 'arn:aws:states:us-east-1:000000000000:activity:approve';
    const { taskToken } = await connect().send(new GetActivityTaskCommand({ activityArn }));
    await connect().send(new SendTaskSuccessCommand({ taskToken, output: '2' }));

    expect(await ended(connect(), executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '2' });
  });

  it('denies a function what its role does not allow', async () => {
    await start(sampleStack());
    const response = await post({ write: true });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      Message:
        'User: arn:aws:sts::000000000000:assumed-role/functions/start is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/orders because no identity-based policy allows the dynamodb:PutItem action',
    });
  });

  it('denies a state machine what its role does not allow', async () => {
    const stack = sampleStack();
    delete stack.resource.aws_iam_role_policy?.machines;
    delete stack.resource.aws_sfn_state_machine?.machine?.depends_on;
    const { outputs } = await start(stack);
    const started = await connect().send(
      new StartExecutionCommand({ stateMachineArn: String(outputs.Sample?.MachineArn), input: '1' }),
    );
    expect(await ended(connect(), started.executionArn)).toMatchObject({
      status: 'FAILED',
      cause: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction'),
    });
  });

  it('hands a change of status to the function that a rule names', async () => {
    const stack = sampleStack();
    const pattern = {
      source: ['aws.states'],
      detail: { status: ['SUCCEEDED'], stateMachineArn: ['${aws_sfn_state_machine.machine.arn}'] },
    };
    addRule(stack, 'ended', { event_pattern: JSON.stringify(pattern) }, 'double');
    const { events } = await start(stack);
    const invoked: string[] = [];
    const twice = new Promise<void>((resolve) => {
      events.on('invocation', ({ functionName }) => {
        invoked.push(functionName);
        if (invoked.filter((name) => name === 'double').length === 2) {
          resolve();
        }
      });
    });
    await post({});
    await twice;
    expect(invoked).toEqual(expect.arrayContaining(['start', 'double', 'double']));
  });

  describe('a rule with a schedule', () => {
    const scheduled = (rule: Record<string, string>, permission = true) => {
      const stack = sampleStack();
      addFunction(stack, 'show');
      addRule(stack, 'often', rule, 'show', permission);
      return stack;
    };
    const START_MS = Date.parse('2027-01-15T08:00:00Z');

    /** Starts the stack, lets virtual time pass, and answers what happened. */
    async function happenedIn(ms: number, stack: object): Promise<{ invoked: string[]; warnings: string[] }> {
      const clock = new AutoAdvancingClock({ startMs: START_MS });
      const { events } = await start(stack, { clock });
      const invoked: string[] = [];
      const warnings: string[] = [];
      events.on('invocation', ({ functionName }) => invoked.push(functionName));
      events.on('warning', (warning) => warnings.push(warning));
      await new Promise<void>((resolve) => clock.schedule(START_MS + ms, resolve));
      // A later instant is reached only after the function has ended.
      await new Promise<void>((resolve) => clock.schedule(START_MS + ms + 1, resolve));
      return { invoked, warnings };
    }

    it('calls its function each time that the interval has passed', async () => {
      const stack = scheduled({ schedule_expression: 'rate(5 minutes)' });

      expect(await happenedIn(5 * 60_000, stack)).toEqual({ invoked: ['show'], warnings: [] });
    });

    it('does not call it before', async () => {
      const stack = scheduled({ schedule_expression: 'rate(5 minutes)' });

      expect(await happenedIn(5 * 60_000 - 2, stack)).toEqual({ invoked: [], warnings: [] });
    });

    it('gives the function the event of EventBridge', async () => {
      const logsDir = mkdtempSync(join(tmpdir(), 'local-cloud-logs-'));
      const clock = new AutoAdvancingClock({ startMs: START_MS });
      const { events } = await start(scheduled({ schedule_expression: 'rate(1 hour)' }), { clock, logsDir });
      const invoked = once(events, 'invocation');
      clock.schedule(START_MS + 3_600_000, () => undefined);
      await invoked;
      await cloud?.close();
      const printed = readFileSync(join(logsDir, 'show.log'), 'utf8');
      rmSync(logsDir, { recursive: true });
      const [, event = ''] = /EVENT (.*)$/m.exec(printed) ?? [];

      expect(JSON.parse(event)).toEqual({
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        time: '2027-01-15T09:00:00Z',
        region: 'us-east-1',
        resources: ['arn:aws:events:us-east-1:000000000000:rule/often'],
        detail: {},
      });
    });

    it('does nothing while it is disabled', async () => {
      const stack = scheduled({ schedule_expression: 'rate(5 minutes)', state: 'DISABLED' });

      expect(await happenedIn(600_000, stack)).toEqual({ invoked: [], warnings: [] });
    });

    it('warns when the function does not permit it', async () => {
      const { invoked, warnings } = await happenedIn(
        300_000,
        scheduled({ schedule_expression: 'rate(5 minutes)' }, false),
      );

      expect(invoked).toEqual([]);
      expect(warnings).toEqual([expect.stringMatching(/^event of rule \S+:rule\/often was not delivered: /)]);
    });

    it.each([
      [
        { schedule_expression: 'cron(0 12 * * ? *)' },
        'aws_cloudwatch_event_rule.often: schedule expression `cron(0 12 * * ? *)` is not supported; supported: rates in minutes, hours or days, such as rate(1 minute)',
      ],
      [{}, 'a rule with neither of `event_pattern` and `schedule_expression` is not supported; supported: one of them'],
      [
        { schedule_expression: 'rate(1 day)', event_pattern: '{}' },
        'a rule with both of `event_pattern` and `schedule_expression` is not supported; supported: one of them',
      ],
    ] as [Record<string, string>, string][])('%j is refused', async (rule, message) => {
      await expect(start(scheduled(rule))).rejects.toThrow(message);
    });
  });

  it('grants an index of a table by itself', async () => {
    const stack = sampleStack();
    stack.resource.aws_dynamodb_table = {
      orders: {
        attribute: [
          { name: 'id', type: 'S' },
          { name: 'customer', type: 'S' },
        ],
        billing_mode: 'PAY_PER_REQUEST',
        global_secondary_index: [{ name: 'byCustomer', hash_key: 'customer', projection_type: 'KEYS_ONLY' }],
        hash_key: 'id',
        name: 'orders',
      },
    };
    stack.resource.aws_iam_role_policy = {
      ...stack.resource.aws_iam_role_policy,
      functions: {
        name: 'query',
        role: '${aws_iam_role.functions.name}',
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['dynamodb:Query'],
              Resource: ['${aws_dynamodb_table.orders.arn}/index/byCustomer'],
            },
          ],
        }),
      },
    };
    await start(stack);

    expect((await post({ query: 'byCustomer' })).status).toBe(200);
    const denied = await post({ query: null });
    expect(denied.status).toBe(400);
    expect(await denied.json()).toMatchObject({
      Message: expect.stringContaining(
        'is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:us-east-1:000000000000:table/orders because',
      ),
    });
  });

  describe('what a stack may not have', () => {
    const changed = (change: (stack: ReturnType<typeof sampleStack>) => void) => {
      const stack = sampleStack();
      change(stack);
      return stack;
    };

    it.each([
      [
        'a resource type',
        { aws_vpc: { v: { cidr_block: '10.0.0.0/16' } } },
        'Sample: aws_vpc.v: resource type `aws_vpc` is not supported; supported: aws_apigatewayv2_api,',
      ],
      [
        'an argument',
        { aws_sns_topic: { t: { name: 't', fifo_topic: true } } },
        'Sample: aws_sns_topic.t: argument `fifo_topic` is not supported; supported: display_name, kms_master_key_id, name, policy, tags',
      ],
      [
        'a gap',
        { aws_iam_role: { r: { name: 'r' } } },
        'Sample: aws_iam_role.r: argument `assume_role_policy` is missing',
      ],
      [
        'a value',
        { aws_apigatewayv2_api: { a: { name: 'a', protocol_type: 'WEBSOCKET' } } },
        'Sample: aws_apigatewayv2_api.a: argument `protocol_type` is "WEBSOCKET"; supported: "HTTP"',
      ],
      [
        'a state that the runtime cannot run',
        {
          aws_iam_role: {
            machines: {
              name: 'machines',
              assume_role_policy:
                '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"states.amazonaws.com"}}}',
            },
          },
          aws_sfn_state_machine: {
            m: {
              name: 'm',
              role_arn: '${aws_iam_role.machines.arn}',
              definition: JSON.stringify({
                StartAt: 'Tell',
                States: { Tell: { Type: 'Task', Resource: 'arn:aws:states:::glue:startJobRun', End: true } },
              }),
            },
          },
        },
        "Sample: aws_sfn_state_machine.m: The resource 'arn:aws:states:::glue:startJobRun' is not supported by this runtime. Supported: Lambda function ARNs, ARNs of activities, lambda:invoke, ",
      ],
      [
        'a missing argument',
        { aws_dynamodb_table: { t: {} } },
        'Sample: aws_dynamodb_table.t: argument `attribute` is',
      ],
      [
        'an argument inside a block',
        {
          aws_dynamodb_table: {
            t: { name: 't', hash_key: 'id', attribute: [{ name: 'id', type: 'S', colour: 'red' }] },
          },
        },
        'argument `attribute.0.colour` is not supported',
      ],
      [
        'a reference to nothing',
        { aws_sns_topic: { t: { name: '${aws_sns_topic.other.name}' } } },
        'Sample: aws_sns_topic.t refers to `aws_sns_topic.other`, which is not in the stack',
      ],
      [
        'an unknown attribute',
        { aws_sns_topic: { s: { name: 's' }, t: { name: '${aws_sns_topic.s.owner}' } } },
        'Sample: aws_sns_topic.t: aws_sns_topic.s has no attribute `owner`; supported: name, arn, id',
      ],
      [
        'a cycle',
        { aws_sns_topic: { s: { name: '${aws_sns_topic.t.name}' }, t: { name: '${aws_sns_topic.s.name}' } } },
        'Sample: dependency cycle: aws_sns_topic.s -> aws_sns_topic.t -> aws_sns_topic.s',
      ],
      [
        'a count',
        { aws_sns_topic: { t: { name: 't', count: 2 } } },
        'Sample: aws_sns_topic.t: meta-argument `count` is not supported',
      ],
      [
        'a policy with an unknown condition',
        {
          aws_iam_policy: {
            p: {
              name: 'p',
              policy:
                '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}}',
            },
          },
        },
        'Sample: aws_iam_policy.p: policy element',
      ],
      [
        'an unknown managed policy',
        {
          aws_iam_role_policy_attachment: {
            a: { role: 'r', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
          },
        },
        'policy arn:aws:iam::aws:policy/AdministratorAccess is not supported',
      ],
    ])('%s is refused in one line that names it', async (_what, resource, message) => {
      const refused = expect(start({ resource }));
      await refused.rejects.toThrow(message);
      await refused.rejects.toThrow(/^[^\n]*$/);
    });

    it('a role that the service may not assume is refused', async () => {
      const stack = changed(({ resource }) => {
        const machine = resource.aws_sfn_state_machine?.machine;
        if (machine !== undefined) {
          machine.role_arn = '${aws_iam_role.functions.arn}';
        }
        delete resource.aws_iam_role_policy?.functions;
      });
      await expect(start(stack)).rejects.toThrow('cannot be assumed by states.amazonaws.com');
    });

    it('a provider other than AWS is refused', async () => {
      await expect(start({ provider: { random: [{}] } })).rejects.toThrow(
        'Sample: provider `random` is not supported; supported: aws',
      );
    });

    it('a folder without stacks is named', async () => {
      await expect(startLocalCloud({ outDir: '/nowhere', port: 0 })).rejects.toThrow(
        'no synthesized stack in /nowhere',
      );
    });
  });

  it('says which port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(start(sampleStack(), { port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use`);
    server.close();
  });

  it('gives its ports back when it closes', async () => {
    const { endpoint, outputs } = await start(sampleStack());
    await cloud?.close();
    await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
    await expect(fetch(String(outputs.Sample?.Endpoint))).rejects.toThrow('fetch failed');
  });
});
