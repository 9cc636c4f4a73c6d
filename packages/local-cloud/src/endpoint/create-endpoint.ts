import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Authorizer,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type RuntimeClock,
} from '../contracts';
import { errorResponse, internalError } from './aws-response';
import { foreignRequest } from './foreign-requests';
import { forward } from './forward';
import { IncomingAwsRequest, readBody } from './incoming-request';

/** A Lambda deployment package of 50 MB, in base64, and the rest of `CreateFunction`. */
const MAX_BODY_BYTES = 72 * 1024 * 1024;

const NO_BODY = Buffer.alloc(0);

export interface EndpointOptions {
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** Asked in this order which of them serves a request. */
  readonly services: readonly AwsService[];
  readonly authorizer: Authorizer;
  /**
   * The URL that a request goes to, whose body has not been read yet, if not to the services here; `served` when one of
   * them would serve it.
   * @default - none
   */
  readonly forwardTo?: (request: AwsRequest, served: boolean) => string | undefined;
  /** Told of every open request, so that virtual time stands still while one is answered. */
  readonly clock: Pick<RuntimeClock, 'track'>;
  /**
   * Called with a fault of the runtime itself, which the client saw as a 500.
   * @default - printed on standard error
   */
  readonly onFault?: (error: unknown) => void;
}

export interface Endpoint {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends every connection, kept-alive ones too. */
  close(): Promise<void>;
}

/** The port asked for cannot be listened on. */
export class PortUnavailableError extends Error {
  override readonly name = 'PortUnavailableError';
}

/**
 * Serves AWS APIs on one port, as any AWS SDK or CLI speaks them with an endpoint URL.
 *
 * @throws {PortUnavailableError} when the port is taken or may not be used
 *
 * @example
 * const endpoint = await createEndpoint({ port: 4566, services: [stepFunctions], authorizer, clock });
 * new SFNClient({ endpoint: endpoint.url, region: 'us-east-1', credentials });
 */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const host = options.host ?? '127.0.0.1';
  const onFault = options.onFault ?? printFault;
  const server = createServer((message, response) => {
    const elsewhere = forwardingOf(message, options);
    if (elsewhere !== undefined) {
      void forward(message, response, elsewhere);
      return;
    }
    void options.clock.track(
      answer(message, options, onFault)
        .then((result) => send(response, message, result))
        // The client has gone: there is nobody to tell.
        .catch(() => response.destroy()),
    );
  });
  // A client may reuse a connection that it left idle for longer than Node's default of 5 s; closing it under the
  // client's next request would look like a fault of the network.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  await listen(server, options.port, host);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    close: () => close(server),
  };
}

/** Where a request is passed on to; `undefined` if it is answered here. */
function forwardingOf(message: IncomingMessage, options: EndpointOptions): string | undefined {
  const { authorizer, forwardTo, services } = options;
  if (forwardTo === undefined || foreignRequest(message.headers) !== undefined) {
    return undefined;
  }
  const request = new IncomingAwsRequest(message, NO_BODY, authorizer);
  return forwardTo(
    request,
    services.some((service) => service.serves(request)),
  );
}

async function answer(
  message: IncomingMessage,
  options: EndpointOptions,
  onFault: (error: unknown) => void,
): Promise<AwsResponse> {
  try {
    const foreign = foreignRequest(message.headers);
    if (foreign !== undefined) {
      throw new AwsError('AccessDeniedException', foreign.message, foreign.status);
    }
    const body = await readBody(message, MAX_BODY_BYTES);
    const request = new IncomingAwsRequest(message, body, options.authorizer);
    for (const service of options.services) {
      if (service.serves(request)) {
        return await service.handle(request);
      }
    }
    return errorResponse(unknownOperation(request));
  } catch (error) {
    if (error instanceof AwsError) {
      return errorResponse(error);
    }
    if (!message.complete) {
      throw error;
    }
    onFault(error);
    return errorResponse(internalError());
  }
}

function unknownOperation(request: IncomingAwsRequest): AwsError {
  const target = request.headers['x-amz-target'];
  const what = target === undefined ? `${request.method} ${request.path}` : `X-Amz-Target ${target}`;
  return new AwsError(
    'UnknownOperationException',
    `No service of this endpoint serves ${what.slice(0, 200)}. It provides Step Functions (X-Amz-Target ` +
      'AWSStepFunctions.*), DynamoDB (DynamoDB_20120810.*), SQS (AmazonSQS.*), SNS, EventBridge (AWSEvents.*) and Lambda (/2015-03-31/functions…), as far as they are loaded.' +
      ' Give the endpoint of all other services (--aws-endpoint) to have their requests passed on.',
    404,
  );
}

function send(response: ServerResponse, message: IncomingMessage, result: AwsResponse): void {
  // Text goes out in one write with its headers; a buffer would take two.
  const { body } = result;
  response.writeHead(result.status, { ...result.headers, 'content-length': Buffer.byteLength(body) });
  response.end(message.method === 'HEAD' ? undefined : body);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(portError(error, port, host));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new PortUnavailableError(
        `Port ${port} on ${host} is in use. Stop the program that uses the port, or choose another port with --port.`,
      );
    case 'EACCES':
      return new PortUnavailableError(`Port ${port} on ${host} requires more privileges. Choose a port above 1023.`);
    case 'EADDRNOTAVAIL':
      return new PortUnavailableError(`${host} is not an address of this machine.`);
    default:
      return error;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function printFault(error: unknown): void {
  process.stderr.write(`local-cloud: a request failed because of an error in the runtime: ${describe(error)}\n`);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
