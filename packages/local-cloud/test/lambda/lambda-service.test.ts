import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { RealClock } from '../../src/clock';
import { createEndpoint, type Endpoint } from '../../src/endpoint';
import { allowEverything } from '../../src/iam';
import { type Functions, LambdaService } from '../../src/lambda';
import { clientOptions } from '../support/client-options';
import { createFunctions } from './support';

const zip = (source: string) => zipSync({ 'index.js': Buffer.from(source) });
const text = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString('utf8');

describe('Lambda through the AWS SDK', () => {
  let functions: Functions;
  let endpoint: Endpoint;
  let client: LambdaClient;

  async function serve(): Promise<void> {
    const services = [new LambdaService(functions, allowEverything)];
    endpoint = await createEndpoint({ port: 0, services, authorizer: allowEverything, clock: new RealClock() });
    client = new LambdaClient(clientOptions(endpoint.url));
  }

  beforeEach(async () => {
    functions = createFunctions();
    await serve();
  });

  afterEach(async () => {
    client.destroy();
    await endpoint.close();
    await functions.close();
  });

  const create = (name: string, source: string, changes: Partial<CreateFunctionCommandInput> = {}) =>
    client.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: 'arn:aws:iam::000000000000:role/test',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: zip(source) },
        ...changes,
      }),
    );

  it('creates a function from a zip and invokes it, by name and by ARN', async () => {
    const created = await create('double', 'exports.handler = async (event) => event.n * 2;', {
      Environment: { Variables: { A: 'b' } },
    });
    expect(created).toMatchObject({
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:double',
      State: 'Active',
      Timeout: 3,
      MemorySize: 128,
    });
    for (const FunctionName of ['double', created.FunctionArn]) {
      const { ExecutedVersion, FunctionError, Payload, StatusCode } = await client.send(
        new InvokeCommand({ FunctionName, Payload: '{"n":21}' }),
      );
      expect([StatusCode, ExecutedVersion, FunctionError, text(Payload)]).toEqual([200, '$LATEST', undefined, '42']);
    }
  });

  it('tells of a failed function, with the end of its log when it is asked for', async () => {
    await create(
      'broken',
      'exports.handler = async () => { console.log("about to fail"); throw new TypeError("no"); };',
    );
    const answer = await client.send(new InvokeCommand({ FunctionName: 'broken', LogType: 'Tail' }));
    expect(answer.FunctionError).toBe('Unhandled');
    expect(JSON.parse(text(answer.Payload))).toMatchObject({ errorType: 'TypeError', errorMessage: 'no' });
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toMatch(
      /INFO\tabout to fail\n.*REPORT RequestId/s,
    );
  });

  it('hands a client context on to the function', async () => {
    await create('context', 'exports.handler = async (event, context) => context.clientContext ?? null;');
    const invoke = async (more: object) =>
      text((await client.send(new InvokeCommand({ FunctionName: 'context', ...more }))).Payload);
    const ClientContext = Buffer.from('{"custom":{"a":1}}').toString('base64');
    expect(await invoke({ ClientContext })).toBe('{"custom":{"a":1}}');
    expect(await invoke({})).toBe('null');
  });

  it('accepts an event, and runs it afterwards', async () => {
    const ran = new Promise<string>((resolve) => {
      void functions.close();
      functions = createFunctions({ onInvoked: ({ functionName }) => resolve(functionName) });
    });
    await endpoint.close();
    await serve();
    await create('later', 'exports.handler = async () => null;');
    const { Payload, StatusCode } = await client.send(
      new InvokeCommand({ FunctionName: 'later', InvocationType: 'Event' }),
    );
    expect([StatusCode, text(Payload)]).toEqual([202, '']);
    expect(await ran).toBe('later');
  });

  it('a dry run runs nothing', async () => {
    await create('f', 'exports.handler = async () => 1;');
    expect(await client.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'DryRun' }))).toMatchObject({
      StatusCode: 204,
    });
  });

  it('describes, lists, changes and deletes functions', async () => {
    await create('b', 'exports.handler = async () => "old";', { Description: 'first' });
    await create('a', 'exports.handler = async () => 1;');
    const first = await client.send(new ListFunctionsCommand({ MaxItems: 1 }));
    expect(first.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['a']);
    const second = await client.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
    expect(second.Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['b']);
    expect(second.NextMarker).toBeUndefined();

    await client.send(
      new UpdateFunctionCodeCommand({
        FunctionName: 'b',
        ZipFile: zip('exports.handler = async () => process.env.NEW;'),
      }),
    );
    await client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: 'b',
        Timeout: 7,
        Environment: { Variables: { NEW: 'new' } },
      }),
    );
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'b' }));
    expect(Configuration).toMatchObject({ Description: 'first', Timeout: 7 });
    expect(text((await client.send(new InvokeCommand({ FunctionName: 'b' }))).Payload)).toBe('"new"');

    await client.send(new DeleteFunctionCommand({ FunctionName: 'b' }));
    await expect(client.send(new GetFunctionConfigurationCommand({ FunctionName: 'b' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:b',
    });
  });

  it('keeps permissions as statements of a policy', async () => {
    await create('f', 'exports.handler = async () => 1;');
    await client.send(
      new AddPermissionCommand({
        FunctionName: 'f',
        StatementId: 's',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:x',
      }),
    );
    const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: 'f' }));
    expect(JSON.parse(Policy ?? '')).toMatchObject({
      Statement: [
        {
          Sid: 's',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnLike: { 'AWS:SourceArn': 'arn:x' } },
        },
      ],
    });
  });

  it.each<[string, Partial<CreateFunctionCommandInput>, string]>([
    ['another runtime', { Runtime: 'python3.12' }, "Value at 'Runtime'"],
    ['a network', { VpcConfig: { SubnetIds: ['subnet-1'] } }, "Value at 'VpcConfig' is not supported by this runtime"],
    ['too long a timeout', { Timeout: 901 }, "Value at 'Timeout'"],
    ['no zip', { Code: { ZipFile: Buffer.from('not a zip') } }, 'Could not unzip uploaded file'],
    ['code in S3', { Code: { S3Bucket: 'b', S3Key: 'k' } }, "Value at 'Code.ZipFile'"],
  ])('refuses %s', async (_what, changes, message) => {
    await expect(create('f', '', changes)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });

  it('refuses a second function of one name', async () => {
    await create('f', 'exports.handler = async () => 1;');
    await expect(create('f', 'exports.handler = async () => 1;')).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
  });

  it('refuses an invocation with what is not JSON, or too much', async () => {
    await create('f', 'exports.handler = async () => 1;');
    await expect(client.send(new InvokeCommand({ FunctionName: 'f', Payload: '{' }))).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    const Payload = JSON.stringify('x'.repeat(6 * 1024 * 1024));
    await expect(client.send(new InvokeCommand({ FunctionName: 'f', Payload }))).rejects.toMatchObject({
      name: 'RequestTooLargeException',
    });
  });

  it('names what it does not serve', async () => {
    await create('f', 'exports.handler = async () => 1;');
    await expect(client.send(new PublishVersionCommand({ FunctionName: 'f' }))).rejects.toThrow(
      'POST /2015-03-31/functions/f/versions is not supported; supported: CreateFunction, ListFunctions',
    );
  });
});
