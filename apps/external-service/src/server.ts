import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { type CallbackJob, createApp } from './app';
import { planCallbacks } from './callback-plan';
import { runCallbacks } from './callback-runner';
import { MAX_DELAY_MS, RETRY_FOR_MS } from './constants';
import type { Log } from './log';
import { RequestRecorder } from './recorder';

export interface ServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly host: string;
  readonly log: Log;
  /** @default undefined – the service calls back wherever it is asked to */
  readonly allowedCallbackUrlPrefix?: string;
  /** Records every task and leaves it to a person to call back. @default false */
  readonly manual?: boolean;
}

/** The running service. */
export interface ServerHandle {
  /** Base URL, without a trailing slash. */
  readonly url: string;
  /** Stops listening and gives up all callbacks that are still to be sent. */
  close(): Promise<void>;
}

/**
 * Runs the service as a Node server that records the received requests.
 *
 * @throws the system's error, e.g. `EADDRINUSE`, when it cannot listen
 */
export async function startServer(options: ServerOptions): Promise<ServerHandle> {
  const { port, host, log, allowedCallbackUrlPrefix, manual = false } = options;
  const stopping = new AbortController();
  const app = createApp({
    schedule: (job) => {
      if (!manual) {
        void callBack(job, stopping.signal, log);
      }
    },
    maxDelayMs: MAX_DELAY_MS.node,
    now: Date.now,
    log,
    allowedCallbackUrlPrefix,
    recorder: new RequestRecorder(),
  });
  const server = serve({ fetch: app.fetch, port, hostname: host });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: () => {
      stopping.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) {
          server.closeAllConnections();
        }
      });
    },
  };
}

async function callBack({ request, mock, results }: CallbackJob, signal: AbortSignal, log: Log): Promise<void> {
  const { id } = request;
  try {
    await runCallbacks(planCallbacks(request, mock), {
      fetch,
      sleep: (ms) => delay(ms, undefined, { signal }),
      now: Date.now,
      retryForMs: RETRY_FOR_MS.node,
      onResult: (result) => {
        results.push(result);
        log('callback sent', { id, ...result });
      },
    });
  } catch (error) {
    if (!signal.aborted) {
      log('callbacks failed', { id, error: error instanceof Error ? error.name : 'unknown' });
    }
  }
}
