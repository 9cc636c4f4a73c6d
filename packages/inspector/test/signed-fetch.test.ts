import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { callApi, createClients, type Target } from '../src';

describe('a call to an HTTP API', () => {
  const received: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      received.push({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
      if (request.url === '/elsewhere') {
        response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      } else {
        response.writeHead(409, { 'content-type': 'application/json' }).end('{"detail":"taken"}');
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(() => server.close());

  const target: Target = {
    kind: 'aws',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' },
    outputs: {},
  };

  it('is signed for the API’s service and region, and carries its body and headers', async () => {
    const { sfn, close } = createClients(target);
    const headers = { 'idempotency-key': '"k"' };
    const response = await callApi({ method: 'PUT', url, body: { id: 'ö' }, headers }, target, sfn);
    close();
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ detail: 'taken' });
    expect(received[0]).toMatchObject({
      method: 'PUT',
      body: '{"id":"ö"}',
      headers: { 'content-type': 'application/json', 'idempotency-key': '"k"', 'x-amz-security-token': 'session' },
    });
    expect(received[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request/,
    );
  });

  it('goes nowhere else: a redirect, which would take the token along, is an error', async () => {
    const { sfn, close } = createClients(target);
    await expect(callApi({ method: 'GET', url: `${url}elsewhere` }, target, sfn)).rejects.toThrow();
    close();
  });
});
