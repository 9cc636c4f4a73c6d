import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { type OutputKey, requireOutput } from '@workflows/contract';
import { type LocalCloud, type StatusNotice, startLocalCloud } from '@workflows/local-cloud';
import { createApp, readConfig } from '@workflows/stacks';

const answeredWithinMs = 30_000;

interface Task {
  readonly resumeToken: string;
  readonly callbackUrl: string;
}

/** A runtime with the three stacks, an external service that calls back at once, and a client. */
export class World {
  readonly #service: Server;
  readonly #directory: string;
  readonly #callbacks: Promise<void>[];

  private constructor(
    readonly cloud: LocalCloud,
    service: Server,
    directory: string,
    callbacks: Promise<void>[],
  ) {
    this.#service = service;
    this.#directory = directory;
    this.#callbacks = callbacks;
  }

  static async start(): Promise<World> {
    const directory = mkdtempSync(join(tmpdir(), 'costs-'));
    const callbacks: Promise<void>[] = [];
    const service = createServer((request, response) => {
      json(request).then(
        (task) => {
          response.writeHead(202).end(() => callbacks.push(callBack(task as Task)));
        },
        () => response.writeHead(400).end(),
      );
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/external`;
    const outdir = join(directory, 'cdktf.out');
    createApp(readConfig({ WORKFLOWS_EXTERNAL_SERVICE_URL: url }), { outdir }).synth();
    const cloud = await startLocalCloud({ outDir: outdir, port: 0 });
    return new World(cloud, service, directory, callbacks);
  }

  /** @throws for an output that the stacks do not have */
  output(key: OutputKey): string {
    return requireOutput(this.cloud.outputs, key);
  }

  /** Starts something, waits until its execution has ended well and its callbacks are answered. */
  async runToEnd(machine: string, start: () => Promise<void>): Promise<void> {
    const ended = this.#end(machine);
    await start();
    await ended;
    await Promise.all(this.#callbacks.splice(0));
  }

  #end(machine: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish(new Error(`No execution of ${machine} ended in time.`)), answeredWithinMs);
      const finish = (error?: Error) => {
        clearTimeout(timer);
        this.cloud.events.off('status', look);
        if (error === undefined) {
          resolve();
        } else {
          reject(error);
        }
      };
      const look = ({ stateMachineArn, status, error }: StatusNotice) => {
        if (stateMachineArn !== machine || status === 'RUNNING') {
          return;
        }
        finish(status === 'SUCCEEDED' ? undefined : new Error(`An execution of ${machine} ended ${status}: ${error}`));
      };
      this.cloud.events.on('status', look);
    });
  }

  async close(): Promise<void> {
    await this.cloud.close();
    this.#service.close();
    this.#service.closeAllConnections();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

async function callBack({ callbackUrl, resumeToken }: Task): Promise<void> {
  await send('PUT', callbackUrl, { resumeToken, status: 'succeeded', data: { parcel: 'A-1' } });
}

/** @throws for any answer but a 2xx */
export async function send(method: string, url: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${url} was answered ${response.status}.`);
  }
  return response.json();
}
