import { createServer } from 'node:net';
import { ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import type { BareEndpointOptions } from '../../src/serve/start-bare-endpoint';
import { waitUntil } from '../step-functions/fixture';
import { type ConnectedEndpoint, execute, startConnectedEndpoint } from '../support/bare-endpoint';
import { ended } from '../support/ended';
import { FakeService } from './fake-service';

const PUBLISHED = {
  status: 200,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'request-1' },
  body: '<PublishResponse><PublishResult><MessageId>message-1</MessageId></PublishResult><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></PublishResponse>',
};
const NO_TOPIC = {
  status: 404,
  headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'request-2' },
  body: '<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>request-2</RequestId></ErrorResponse>',
};

describe('services elsewhere', () => {
  let fake: FakeService;
  let fakeUrl: string;
  let endpoint: ConnectedEndpoint;

  beforeEach(async () => {
    fake = new FakeService();
    fakeUrl = await fake.start();
  });
  afterEach(async () => {
    await endpoint.close();
    await fake.stop();
  });

  const begin = async (options: Partial<BareEndpointOptions>): Promise<void> => {
    endpoint = await startConnectedEndpoint({ sdkFolder: __dirname, ...options });
  };
  const run = async (resource: string, Parameters: object) => {
    const Resource = resource.startsWith('arn:') ? resource : `arn:aws:states:::${resource}`;
    const definition = { StartAt: 'Task', States: { Task: { Type: 'Task', Resource, Parameters, End: true } } };
    const executionArn = await execute(endpoint.sfn, definition);
    const { cause, error, output, status } = await ended(endpoint.sfn, executionArn);
    return { status, error, cause, output: output === undefined ? undefined : JSON.parse(output) };
  };
  const form = () => Object.fromEntries(new URLSearchParams(fake.requests[0]?.body.toString()));
  const json = () => JSON.parse(fake.requests[0]?.body.toString() ?? '');

  describe('called by optimized integrations', () => {
    it('answer with what the AWS SDK says of the exchange', async () => {
      await begin({ elsewhere: { endpoints: { sns: fakeUrl } } });
      fake.answer = () => PUBLISHED;

      const { output } = await run('sns:publish', { TopicArn: 'topic', Message: { order: 7 } });

      expect(form()).toMatchObject({ Action: 'Publish', TopicArn: 'topic', Message: '{"order":7}' });
      expect(output).toEqual({
        MessageId: 'message-1',
        SdkHttpMetadata: {
          AllHttpHeaders: expect.objectContaining({ 'Content-Type': ['text/xml'], 'x-amzn-RequestId': ['request-1'] }),
          HttpHeaders: expect.objectContaining({ 'Content-Type': 'text/xml', 'x-amzn-RequestId': 'request-1' }),
          HttpStatusCode: 200,
        },
        SdkResponseMetadata: { RequestId: 'request-1' },
      });
    });

    it('fail in the words of version 1 of the SDK, and are not called again', async () => {
      await begin({ elsewhere: { endpoints: { sns: fakeUrl } } });
      fake.answer = () => NO_TOPIC;

      expect(await run('sns:publish', { TopicArn: 'topic', Message: 'x' })).toMatchObject({
        status: 'FAILED',
        error: 'SNS.NotFoundException',
        cause:
          'Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound; Request ID: request-2; Proxy: null)',
      });
      expect(fake.requests).toHaveLength(1);
    });

    it('fail when an event of EventBridge does, without metadata otherwise', async () => {
      await begin({ elsewhere: { awsEndpoint: fakeUrl }, services: ['states'] });
      const answerWith = (body: object) => {
        fake.answer = () => ({ headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) });
      };
      const entries = { Entries: [{ Source: 's', DetailType: 'd', Detail: { a: 1 } }] };

      answerWith({ FailedEntryCount: 0, Entries: [{ EventId: 'e' }] });
      expect(await run('events:putEvents', entries)).toMatchObject({
        output: { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] },
      });
      expect(json()).toEqual({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{"a":1}' }] });
    });

    it('fail with the answer as cause when an event fails', async () => {
      await begin({ elsewhere: { awsEndpoint: fakeUrl }, services: ['states'] });
      const answer = {
        Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }],
        FailedEntryCount: 1,
      };
      fake.answer = () => ({ headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(answer) });

      const { cause, error } = await run('events:putEvents', { Entries: [{ Detail: 'x' }] });

      expect(error).toBe('EventBridge.FailedEntry');
      expect(JSON.parse(cause ?? '')).toEqual(answer);
    });
  });

  describe('called by aws-sdk integrations', () => {
    it('answer without metadata, and fail in the words of version 2 of the SDK', async () => {
      await begin({ elsewhere: { endpoints: { sns: fakeUrl } } });
      fake.answer = () => NO_TOPIC;

      expect(await run('aws-sdk:sns:publish', { TopicArn: 'topic', Message: 'x' })).toMatchObject({
        error: 'Sns.NotFoundException',
        cause: 'Topic does not exist (Service: Sns, Status Code: 404, Request ID: request-2) (SDK Attempt Count: 1)',
      });
    });

    it('have the error of the service for errors that its model does not list', async () => {
      await begin({ elsewhere: { endpoints: { sns: fakeUrl } } });
      fake.answer = () => ({ ...NO_TOPIC, status: 400, body: NO_TOPIC.body.replace('NotFound', 'Strange') });

      expect((await run('aws-sdk:sns:publish', { TopicArn: 'topic', Message: 'x' })).error).toBe('Sns.SnsException');
    });

    it('show names as Step Functions has them, instants as ISO 8601, and bytes as text', async () => {
      await begin({ services: ['states'], elsewhere: { endpoints: { lambda: fakeUrl, eventbridge: fakeUrl } } });
      fake.answer = ({ url }) =>
        url.includes('invocations')
          ? { body: '{"a":1}' }
          : {
              headers: { 'content-type': 'application/json' },
              body: '{"EventSourceArn":"e","LastModified":1767225600,"UUID":"u"}',
            };

      expect((await run('aws-sdk:lambda:getEventSourceMapping', { Uuid: 'u' })).output).toEqual({
        EventSourceArn: 'e',
        LastModified: '2026-01-01T00:00:00Z',
        Uuid: 'u',
      });
      expect(fake.requests[0]?.url).toBe('/2015-03-31/event-source-mappings/u');
    });

    it('take and give payloads as text', async () => {
      await begin({ services: ['states'], elsewhere: { endpoints: { lambda: fakeUrl } } });
      fake.answer = () => ({ body: '{"a":1}' });

      const { output } = await run('aws-sdk:lambda:invoke', { FunctionName: 'f', Payload: { n: 1 } });

      expect(json()).toEqual({ n: 1 });
      expect(output).toEqual({ Payload: '{"a":1}', StatusCode: 200 });
    });

    it('do not start with a field that the service does not know', async () => {
      await begin({ elsewhere: { endpoints: { sns: fakeUrl } } });

      expect(await run('aws-sdk:sns:publish', { Topic: 't' })).toMatchObject({
        error: 'States.Runtime',
        cause: expect.stringContaining('The field "Topic" is not supported by Step Functions'),
      });
      expect(fake.requests).toHaveLength(0);
    });

    it('fail with a client exception when nobody answers', async () => {
      await begin({ elsewhere: { endpoints: { sns: await closedUrl() } } });

      expect(await run('aws-sdk:sns:publish', { TopicArn: 't', Message: 'x' })).toMatchObject({
        error: 'Sns.SdkClientException',
        cause: expect.stringMatching(/^Unable to execute HTTP request: .*ECONNREFUSED.* \(SDK Attempt Count: 1\)$/),
      });
    });

    it('name the package to install', async () => {
      await begin({ elsewhere: { awsEndpoint: fakeUrl } });

      expect(await run('aws-sdk:cognitoidentityprovider:listUserPools', { MaxResults: 1 })).toMatchObject({
        error: 'States.Runtime',
        cause: expect.stringContaining('npm install @aws-sdk/client-cognito-identity-provider'),
      });
    });
  });

  describe('in an account', () => {
    const variables = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL'] as const;
    const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));

    // The fake stands in the place of AWS, where the SDK finds it by itself.
    beforeEach(() => {
      Object.assign(process.env, {
        AWS_ACCESS_KEY_ID: 'AKIAOWN',
        AWS_SECRET_ACCESS_KEY: 's',
        AWS_ENDPOINT_URL: fakeUrl,
      });
    });
    afterEach(() => {
      for (const name of variables) {
        delete process.env[name];
        Object.assign(process.env, before[name] === undefined ? {} : { [name]: before[name] });
      }
    });

    it('are called with the default credentials when that is asked for', async () => {
      await begin({ services: ['states'], elsewhere: { useAwsAccount: true } });
      fake.answer = ({ url }) => (url.includes('invocations') ? { body: '{"a":1}' } : PUBLISHED);

      const published = await run('sns:publish', { TopicArn: 'topic', Message: 'x' });

      expect(published.output).toMatchObject({ MessageId: 'message-1' });
      expect(fake.requests[0]?.headers.authorization).toContain('Credential=AKIAOWN/');
    });

    it('run functions with the default credentials', async () => {
      await begin({ services: ['states'], elsewhere: { useAwsAccount: true } });
      fake.answer = () => ({ body: '{"a":1}' });

      const { output } = await run('lambda:invoke', { FunctionName: 'f', Payload: {} });

      expect(output).toMatchObject({ Payload: { a: 1 } });
      expect(fake.requests[0]?.headers.authorization).toContain('Credential=AKIAOWN/');
    });

    it('are not called unless it is asked for', async () => {
      await begin({ services: ['states'] });

      expect((await run('sns:publish', { TopicArn: 'topic', Message: 'x' })).status).toBe('FAILED');
      expect((await run('lambda:invoke', { FunctionName: 'f' })).status).toBe('FAILED');
      expect(fake.requests).toHaveLength(0);
    });
  });

  it('are not called without an endpoint, and the failure says how to give one', async () => {
    await begin({});

    expect(await run('ecs:runTask', { TaskDefinition: 'x' })).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('--aws-endpoint'),
    });
  });

  it('are not waited for: a job needs a mock', async () => {
    await begin({ elsewhere: { awsEndpoint: fakeUrl } });

    expect(await run('batch:submitJob.sync', { JobName: 'j', JobDefinition: 'd', JobQueue: 'q' })).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('does not wait for jobs'),
    });
    expect(fake.requests).toHaveLength(0);
  });

  describe('that could be ours', () => {
    it('run functions behind the endpoint of Lambda', async () => {
      await begin({ elsewhere: { endpoints: { lambda: fakeUrl } } });
      fake.answer = () => ({ body: '{"doubled":2}' });

      const { output } = await run('lambda:invoke', { FunctionName: 'double', Payload: { n: 1 } });

      expect(output).toMatchObject({ Payload: { doubled: 2 }, StatusCode: 200 });
      expect(fake.requests[0]).toMatchObject({ method: 'POST', url: '/2015-03-31/functions/double/invocations' });
      expect(json()).toEqual({ n: 1 });
    });

    it('fail as a function behind the endpoint fails', async () => {
      await begin({ elsewhere: { endpoints: { lambda: fakeUrl } } });
      fake.answer = () => ({
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: '{"errorType":"Refused","errorMessage":"no"}',
      });

      expect(await run('arn:aws:lambda:us-east-1:000000000000:function:f', {})).toMatchObject({ error: 'Refused' });
    });

    it('fail as the Lambda API behind the endpoint does', async () => {
      await begin({ elsewhere: { endpoints: { lambda: fakeUrl } } });
      fake.answer = () => ({
        status: 404,
        headers: { 'x-amzn-errortype': 'ResourceNotFoundException' },
        body: '{"Message":"Function not found: f"}',
      });

      expect(await run('lambda:invoke', { FunctionName: 'f' })).toMatchObject({
        error: 'Lambda.ResourceNotFoundException',
      });
    });

    it('use tables behind the endpoint of DynamoDB, in the region of the runtime', async () => {
      await begin({ region: 'eu-west-1', elsewhere: { endpoints: { dynamodb: fakeUrl } } });
      fake.answer = () => ({ body: '{"Item":{"on":{"BOOL":true}}}' });

      const parameters = { TableName: 't', Key: { id: { S: 'a' } } };
      expect((await run('dynamodb:getItem', parameters)).output).toMatchObject({ Item: { on: { BOOL: true } } });
      expect(fake.requests[0]?.headers.authorization).toContain('/eu-west-1/dynamodb/aws4_request');
    });
  });

  describe('with rules on what becomes of executions', () => {
    const rule = {
      Name: 'ended',
      State: 'ENABLED',
      EventPattern: '{"source":["aws.states"],"detail":{"status":["SUCCEEDED"]}}',
    };
    it('have the functions of their targets called', async () => {
      await begin({ services: ['states'], elsewhere: { awsEndpoint: fakeUrl } });
      fake.rules = [rule];
      fake.targets = [{ Id: '1', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:told' }];

      await run('aws-sdk:sfn:listStateMachines', {});

      const invocation = await waitUntil(async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        return fake.requests.find(({ url }) => url.includes('invocations'));
      });
      expect(invocation.url).toContain(encodeURIComponent('function:told'));
      expect(invocation.headers['x-amz-invocation-type']).toBe('Event');
      expect(JSON.parse(invocation.body.toString())).toMatchObject({
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: { status: 'SUCCEEDED' },
      });
    });
  });

  describe('whose requests come to the endpoint', () => {
    const request = async (path: string, options: RequestInit & { service?: string } = {}) => {
      const { service = 's3', ...rest } = options;
      return fetch(`${endpoint.url}${path}`, {
        ...rest,
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
          ...(rest.headers as Record<string, string>),
        },
      });
    };

    it('get them unchanged, and their answers come back unchanged', async () => {
      await begin({ elsewhere: { awsEndpoint: fakeUrl } });
      const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, at) => at % 251));
      fake.answer = ({ body }) => ({ status: 206, headers: { etag: '"e"', 'x-amz-meta-a': 'b' }, body });

      const answer = await request('/bucket/a%2Fb%20c?versionId=1&x=%7E', {
        method: 'PUT',
        body: bytes,
        headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', te: 'trailers' },
      });

      expect(answer.status).toBe(206);
      expect(Object.fromEntries(answer.headers)).toMatchObject({ etag: '"e"', 'x-amz-meta-a': 'b' });
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
      const [got] = fake.requests;
      expect(got).toMatchObject({ method: 'PUT', url: '/bucket/a%2Fb%20c?versionId=1&x=%7E' });
      expect(got?.headers).toMatchObject({
        host: new URL(endpoint.url).host,
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        authorization: expect.stringContaining('/s3/aws4_request'),
      });
      expect(got?.headers.te).toBeUndefined();
    });

    it('are understood by the clients of the AWS SDK', async () => {
      await begin({ elsewhere: { awsEndpoint: fakeUrl }, services: ['states'] });
      fake.answer = () => ({
        headers: { 'content-type': 'text/xml' },
        body: '<ListTopicsResponse><ListTopicsResult><Topics><member><TopicArn>t</TopicArn></member></Topics></ListTopicsResult></ListTopicsResponse>',
      });

      expect((await endpoint.sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: 't' }]);
      expect(form()).toMatchObject({ Action: 'ListTopics' });
    });

    it('are understood by clients that speak JSON', async () => {
      await begin({ elsewhere: { endpoints: { events: fakeUrl } } });
      fake.rules = [{ Name: 'r' }];

      expect((await endpoint.eventBridge.send(new ListRulesCommand({}))).Rules).toEqual([{ Name: 'r' }]);
    });

    it('do not get those for services that are carried out here', async () => {
      await begin({ elsewhere: { awsEndpoint: fakeUrl } });

      const functions = await request('/2015-03-31/functions', { service: 'lambda' });

      expect(await functions.json()).toEqual({ Functions: [] });
      expect(fake.requests).toHaveLength(0);
    });

    it('get those for services that are left out of the choice, or have an endpoint of their own', async () => {
      await begin({
        services: ['states', 'dynamodb'],
        elsewhere: { awsEndpoint: fakeUrl, endpoints: { dynamodb: fakeUrl } },
      });

      expect(endpoint.services).toEqual(['Step Functions']);
      await request('/2015-03-31/functions', { service: 'lambda' });
      await request('/', {
        service: 'dynamodb',
        method: 'POST',
        headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      });

      expect(fake.requests.map(({ url }) => url)).toEqual(['/2015-03-31/functions', '/']);
    });

    it('get none of a web page of another site', async () => {
      await begin({ elsewhere: { awsEndpoint: fakeUrl } });

      expect((await request('/bucket', { headers: { origin: 'https://example.com' } })).status).toBe(403);
      expect(fake.requests).toHaveLength(0);
    });

    it('are said to be away when they are', async () => {
      await begin({ elsewhere: { awsEndpoint: await closedUrl() } });

      const answer = await request('/bucket', { method: 'PUT', body: 'x' });

      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ message: expect.stringContaining('does not respond: ECONNREFUSED') });
    });

    it('get none without an endpoint', async () => {
      await begin({});

      const answer = await request('/bucket');

      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ __type: 'UnknownOperationException' });
    });
  });
});

/** A URL that nobody answers. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
