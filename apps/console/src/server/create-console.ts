import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { knownOutputs, type Target } from '@workflows/inspector';
import type { SessionView } from '../wire/types';
import { startablePatterns } from './actions/start-pattern';
import { createApp } from './app';
import { closeServices, createServices } from './create-services';
import { Pages } from './http/pages';
import { type Console, type ConsoleOptions, ConsolePortError, type ServeOptions } from './options';
import type { Services } from './services';

const LOOPBACK = '127.0.0.1';

/**
 * Serves the console on the loopback interface.
 *
 * @example
 * const console = await createConsole({ awsEndpoint: 'http://127.0.0.1:4566', outputs, events: cloud.events });
 * process.stdout.write(`${console.url}\n`);
 * await console.close();
 *
 * @throws {ConsolePortError} when the port is taken
 */
export function createConsole(options: ConsoleOptions): Promise<Console> {
  return serveConsole(targetOf(options), options);
}

/**
 * Serves the console for a target that was resolved already.
 *
 * @throws {ConsolePortError} when the port is taken
 */
export async function serveConsole(target: Target, options: ServeOptions = {}): Promise<Console> {
  const services = createServices(target, options);
  const pages = new Pages(join(__dirname, '..', '..', 'dist', 'ui'));
  const session = sessionOf(services, options);
  let port = 0;
  const app = createApp({ services, session, pages, port: () => port });
  const started = services.follower.start();
  const server = await listen(app.fetch, options.port ?? 0).catch((error) => {
    closeServices(services);
    throw error;
  });
  port = portOf(server);
  await started;
  return {
    url: `http://${LOOPBACK}:${port}/`,
    async close() {
      closeServices(services);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function targetOf(options: ConsoleOptions): Target {
  const outputs = knownOutputs(options.outputs);
  return {
    kind: options.awsEndpoint === undefined ? 'aws' : 'local',
    region: options.region ?? outputs.region ?? 'us-east-1',
    outputs,
    ...(options.awsEndpoint === undefined ? {} : { awsEndpoint: options.awsEndpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  };
}

function sessionOf(services: Services, options: ServeOptions): () => SessionView {
  const instance = randomUUID();
  const { target, answersReason } = services;
  const account = Object.values(target.outputs)
    .find((value) => value.startsWith('arn:'))
    ?.split(':')[4];
  return () => ({
    instance,
    target: { kind: target.kind, region: target.region, ...(account === undefined ? {} : { account }) },
    stateMachines: services.follower.stateMachines.map((it) => it.name),
    patterns: startablePatterns(target),
    answers: answersReason === undefined ? { available: true } : { available: false, reason: answersReason },
    manual: options.manual ?? false,
    inbox: services.inbox !== undefined,
    executionLimit: options.executionLimit ?? 10_000,
  });
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: LOOPBACK }, () => resolve(server)) as Server;
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const message = taken ? `Port ${port} is in use. Choose another port with --port.` : error.message;
      reject(new ConsolePortError(message, { cause: error }));
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
