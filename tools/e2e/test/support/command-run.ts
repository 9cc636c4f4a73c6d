import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalRuntime, type LocalRuntimeOptions } from '../../src/local-runtime';

/** Runs the command to its end. */
export async function runToItsEnd(options: LocalRuntimeOptions, withinMs = 90_000) {
  const runtime = LocalRuntime.launch(options);
  try {
    const exit = await runtime.process.ended(withinMs);
    return { exit, printed: runtime.process.printed, files: runtime.files() };
  } finally {
    await runtime.discard();
  }
}

/** A server that gives every request the same status. */
export function serve(status: number): Promise<Server> {
  const server = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}'),
  );
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

export const portOf = (server: Server) => (server.address() as AddressInfo).port;
