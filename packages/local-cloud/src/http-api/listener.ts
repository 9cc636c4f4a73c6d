import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RuntimeClock } from '../contracts';
import { foreignRequest, PortUnavailableError } from '../endpoint';
import type { HttpApi } from './http-api';
import { toApiRequest } from './request';
import { type ApiResponse, gatewayResponse } from './response';

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_HEADER_BYTES = 10_240;

export interface Listener {
  /** `http://127.0.0.1:4567` */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves an API on a loopback port of its own.
 * @param port 0 takes a free one
 * @throws {PortUnavailableError}
 */
export async function listen(api: HttpApi, port: number, clock: RuntimeClock): Promise<Listener> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (message, response) => {
    void clock.track(serve(api, message, response));
  });
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuse(error, socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(describe(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(api: HttpApi, message: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const foreign = foreignRequest(message.headers);
    if (foreign !== undefined) {
      send(response, gatewayResponse(foreign.status, foreign.message));
      return;
    }
    const body = await readBody(message);
    const request = toApiRequest(message, body ?? Buffer.alloc(0), message.socket.localPort ?? 0);
    send(response, body === undefined ? gatewayResponse(413, 'Request Entity Too Large') : await api.handle(request));
  } catch (error) {
    if (message.destroyed && !message.complete) {
      return;
    }
    process.stderr.write(`local-cloud: an HTTP API failed because of an error in the runtime: ${String(error)}\n`);
    send(response, gatewayResponse(500, 'Internal Server Error'));
  }
}

/** Reads on after the limit, without keeping it, so that the client gets to read the answer. */
async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) {
      chunks.push(chunk);
    }
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
}

function send(response: ServerResponse, { body, headers, status }: ApiResponse): void {
  const bodiless = status === 204 || status === 304;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, value as string | string[]);
  }
  if (!bodiless) {
    response.setHeader('content-length', body.length);
  }
  response.writeHead(status);
  response.end(bodiless ? undefined : body);
}

function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) {
    return;
  }
  const [status, message] =
    error.code === 'HPE_HEADER_OVERFLOW' ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
  const body = JSON.stringify({ message });
  socket.end(
    `HTTP/1.1 ${status} ${message}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function describe(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') {
    return error;
  }
  return new PortUnavailableError(
    `Port ${port} on 127.0.0.1 is in use. Stop the program that uses the port, or choose other ports with --port.`,
  );
}
