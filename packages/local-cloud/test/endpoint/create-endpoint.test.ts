import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { RealClock } from '../../src/clock';
import { AwsError, type AwsRequest, type AwsService } from '../../src/contracts';
import { createEndpoint, type Endpoint, jsonResponse, PortUnavailableError } from '../../src/endpoint';

/** Serves the path `/echo`, and does what the path says otherwise. */
class EchoService implements AwsService {
  readonly seen: AwsRequest[] = [];
  serves = (request: AwsRequest): boolean => !request.path.startsWith('/unknown');
  close = async (): Promise<void> => undefined;
  async handle(request: AwsRequest) {
    this.seen.push(request);
    if (request.path === '/aws-error') {
      throw new AwsError('ThingNotFound', 'There is no such thing', 404);
    }
    if (request.path === '/fault') {
      throw new TypeError('a fault of ours');
    }
    return jsonResponse(JSON.stringify({ body: request.body.toString(), query: request.query.get('q') }));
  }
}

/** `fetch` sets the Host header itself. */
const send = (port: number, headers: Record<string, string>): Promise<{ status: number | undefined; body: string }> =>
  new Promise((resolve, reject) => {
    const message = request({ port, host: '127.0.0.1', path: '/echo', method: 'POST', headers }, async (response) => {
      resolve({ status: response.statusCode, body: await text(response) });
    });
    message.on('error', reject).end('{}');
  });

describe('createEndpoint', () => {
  const service = new EchoService();
  const faults: unknown[] = [];
  let endpoint: Endpoint;

  beforeAll(async () => {
    endpoint = await createEndpoint({
      port: 0,
      services: [service],
      clock: new RealClock(),
      authorizer: {
        authorize: () => undefined,
        principalOf: (accessKeyId) =>
          accessKeyId === 'ASIAFUNCTION' ? { roleArn: 'arn:aws:iam::000000000000:role/fn' } : undefined,
      },
      onFault: (error) => faults.push(error),
    });
  });
  afterAll(() => endpoint.close());

  it('hands the request to the service that serves it, and its answer back under a request id', async () => {
    const response = await fetch(`${endpoint.url}/echo?q=1`, { method: 'POST', body: 'héllo' });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
    expect(await response.json()).toEqual({ body: 'héllo', query: '1' });
  });

  it.each([
    ['a name that was rebound to this machine', { host: 'evil.example:4566' }, 421],
    ['a name that only begins like an address', { host: '127.0.0.1.evil.example' }, 421],
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
  ])('refuses requests of %s, before a service sees them', async (_, headers, status) => {
    service.seen.length = 0;

    const response = await send(endpoint.port, headers);

    expect(response.status).toBe(status);
    expect(JSON.parse(response.body)).toMatchObject({ __type: 'AccessDeniedException' });
    expect(service.seen).toEqual([]);
  });

  it.each([
    ['localhost', { host: 'localhost:4566' }],
    ['a name below localhost', { host: 'sync-states.localhost:4566' }],
    ['the name by which SDKs call StartSyncExecution', { host: 'sync-127.0.0.1:4566' }],
    ['an IPv6 address', { host: '[::1]:4566' }],
    ['the name of a container', { host: 'workflows:4566' }],
    ['a page of this machine', { origin: 'http://localhost:3000' }],
  ])('answers requests to or from %s', async (_, headers) => {
    expect((await send(endpoint.port, headers)).status).toBe(200);
  });

  it.each([
    [
      'the authorization header',
      '/echo',
      { authorization: 'AWS4-HMAC-SHA256 Credential=ASIAFUNCTION/20260101/x/y/aws4_request, Signature=0' },
    ],
    ['a presigned query', '/echo?X-Amz-Credential=ASIAFUNCTION%2F20260101%2Fx%2Fy%2Faws4_request', {}],
  ])('knows the role that signs by its access key id in %s', async (_, path, headers) => {
    await fetch(`${endpoint.url}${path}`, { headers });

    expect(service.seen.at(-1)?.principal).toEqual({ roleArn: 'arn:aws:iam::000000000000:role/fn' });
  });

  it.each([
    ['an unknown key', { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/x/y/aws4_request' }],
    ['a header of another kind', { authorization: 'Bearer abc' }],
    ['no signature', {}],
  ])('takes a caller with %s for one from outside', async (_, headers) => {
    await fetch(`${endpoint.url}/echo`, { headers });

    expect(service.seen.at(-1)?.principal).toBeUndefined();
  });

  it('answers an AWS error with its code, in the body and in the header', async () => {
    const response = await fetch(`${endpoint.url}/aws-error`);

    expect(response.status).toBe(404);
    expect(response.headers.get('x-amzn-errortype')).toBe('ThingNotFound');
    expect(await response.json()).toEqual({ __type: 'ThingNotFound', message: 'There is no such thing' });
  });

  it('names what no service serves', async () => {
    const response = await fetch(`${endpoint.url}/unknown`, { headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } });

    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('AmazonSQS.SendMessage'),
    });
  });

  it('answers a fault of its own without its details, and tells the runtime', async () => {
    const response = await fetch(`${endpoint.url}/fault`);

    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('a fault of ours');
    expect(faults).toEqual([expect.objectContaining({ message: 'a fault of ours' })]);
  });

  it('refuses a body of more than 72 MiB with 413, and goes on serving', async () => {
    const response = await fetch(`${endpoint.url}/echo`, { method: 'POST', body: Buffer.alloc(72 * 1024 * 1024 + 1) });

    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ __type: 'RequestEntityTooLargeException' });
    expect((await fetch(`${endpoint.url}/echo`)).status).toBe(200);
  });

  it('survives a client that leaves in the middle of its request', async () => {
    const socket = connect(endpoint.port, '127.0.0.1');
    socket.write('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\npartial');
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect((await fetch(`${endpoint.url}/echo`)).status).toBe(200);
    expect(faults).toHaveLength(1);
  });

  it('says which port is taken', async () => {
    const again = createEndpoint({
      port: endpoint.port,
      services: [],
      clock: new RealClock(),
      authorizer: { authorize: () => undefined, principalOf: () => undefined },
    });

    await expect(again).rejects.toThrow(PortUnavailableError);
    await expect(again).rejects.toThrow(`Port ${endpoint.port} on 127.0.0.1 is in use`);
  });

  it('ends kept-alive connections when it closes', async () => {
    const other = await createEndpoint({
      port: 0,
      services: [service],
      clock: new RealClock(),
      authorizer: { authorize: () => undefined, principalOf: () => undefined },
    });
    const socket = connect(other.port, '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write('GET /echo HTTP/1.1\r\nhost: x\r\nconnection: keep-alive\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));

    await other.close();

    await ended;
  });
});
