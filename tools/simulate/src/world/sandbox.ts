import * as console from 'node:console';
import * as crypto from 'node:crypto';
import type { AutoAdvancingClock } from '@workflows/local-cloud';
import type { Random } from '../random';
import type { Sandbox } from './bundle';
import { httpsShim, type Send } from './https-shim';

export interface SandboxOptions {
  readonly clock: AutoAdvancingClock;
  readonly random: () => Random;
  readonly variables: Readonly<Record<string, string>>;
  /** Requests to AWS. */
  readonly send: Send;
  /** Requests to everybody else. */
  readonly fetch: typeof fetch;
  readonly log: (text: string) => void;
  /** False once the environment has died: its timers must not fire any more. */
  readonly isAlive: () => boolean;
  /** Differs from run to run, so that no two executions have the same name. Nothing depends on its value. */
  readonly uniqueId: (random: Random) => string;
}

/** Time, randomness, network and output as a simulated function sees them. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { clock, fetch, isAlive, log, random, send, uniqueId, variables } = options;
  const timers = createTimers(clock, isAlive);
  const output = {
    write: (text: string | Uint8Array) => {
      log(String(text));
      return true;
    },
    // Without it, Node's Console writes nothing, and reports no error.
    listenerCount: () => 1,
    on: noop,
    once: noop,
    removeListener: noop,
  };
  const simulatedCrypto = {
    ...crypto,
    randomUUID: () => uniqueId(random()),
    randomBytes: (count: number) => random().bytes(count),
    getRandomValues: <T extends Uint8Array>(array: T): T => {
      array.set(random().bytes(array.length));
      return array;
    },
  };
  const simulatedProcess = Object.create(process, {
    env: { value: { ...variables, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } },
    stdout: { value: output },
    stderr: { value: output },
    emitWarning: { value: noop },
    hrtime: { value: Object.assign(() => [0, 0], { bigint: () => BigInt(clock.now()) * 1_000_000n }) },
  });
  const https = httpsShim(send);
  return {
    globals: {
      ...timers,
      AbortSignal: Object.create(AbortSignal, {
        timeout: {
          value: (ms: number) => {
            const controller = new AbortController();
            const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
            timers.setTimeout(() => controller.abort(reason), ms);
            return controller.signal;
          },
        },
      }),
      Date: dateOf(clock),
      Math: Object.assign(Object.create(Math), { random: () => random().number() }),
      console: new console.Console(output as unknown as NodeJS.WritableStream),
      crypto: simulatedCrypto,
      fetch,
      performance: { now: () => clock.now(), timeOrigin: 0 },
      process: simulatedProcess,
    },
    modules: {
      crypto: simulatedCrypto,
      fs: NO_FILES,
      'fs/promises': NO_FILES,
      http: https,
      https,
      process: simulatedProcess,
    },
  };
}

/** Reading a file takes real time. The functions read none; only the SDK looks for `~/.aws/config`. */
const noFile = (path: unknown) => Object.assign(new Error(`ENOENT: no such file: ${String(path)}`), { code: 'ENOENT' });
const NO_FILES = {
  readFile: (path: unknown) => Promise.reject(noFile(path)),
  readFileSync: (path: unknown): never => {
    throw noFile(path);
  },
  existsSync: () => false,
};

const noop = (): void => {};

function createTimers(clock: AutoAdvancingClock, isAlive: () => boolean) {
  const setTimeout = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const cancel = clock.schedule(clock.now() + Math.max(1, ms), () => {
      if (isAlive()) {
        callback(...args);
      }
    });
    return { cancel, ref: noop, unref: noop, hasRef: () => true };
  };
  const clearTimeout = (timer?: { readonly cancel?: () => void }) => timer?.cancel?.();
  const setInterval = (): never => {
    throw new Error('setInterval is not simulated; supported: setTimeout');
  };
  return { setTimeout, clearTimeout, setInterval, clearInterval: clearTimeout };
}

function dateOf(clock: AutoAdvancingClock): DateConstructor {
  return new Proxy(Date, {
    construct: (target, args: []) => (args.length === 0 ? new target(clock.now()) : new target(...args)),
    apply: () => new Date(clock.now()).toString(),
    get: (target, name) => (name === 'now' ? () => clock.now() : Reflect.get(target, name)),
  });
}
