/**
 * The worker thread's main module: loads one function's handler and runs one invocation after the other, as Lambda's
 * Node.js runtime does.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { captureLogs } from './capture-logs';
import { createContext } from './context';
import { toErrorDocument } from './error-document';
import { type Handler, loadHandler } from './load-handler';
import type { EnvironmentData, InvocationRequest, WorkerMessage } from './protocol';

if (parentPort === null) {
  throw new Error('function-runtime runs in a worker thread only');
}
const port = parentPort;
const post = (message: WorkerMessage) => port.postMessage(message);

/** The invocation under way. */
let current: { readonly requestId: string; readonly settle: (error: unknown, result?: unknown) => void } | undefined;

captureLogs(
  (text) => post({ kind: 'log', text }),
  () => current?.requestId,
);

process.on('uncaughtException', (error) => crash(toErrorDocument(error)));
process.on('unhandledRejection', (reason) => {
  const { errorMessage, errorType, trace } = toErrorDocument(reason);
  crash({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: `${errorType}: ${errorMessage}`,
    ...(trace === undefined ? {} : { trace }),
  });
});

function crash(error: ReturnType<typeof toErrorDocument>): void {
  post({ kind: 'crashed', error });
  process.exit(129);
}

/** A handler that leaves nothing to wait for has returned nothing: Lambda answers `null`. */
process.on('beforeExit', () => current?.settle(null, null));

function run(handler: Handler, request: InvocationRequest): void {
  const settle = (error: unknown, result?: unknown) => {
    if (current?.requestId !== request.requestId) {
      return;
    }
    const message = toMessage(request.requestId, error, result);
    current = undefined;
    port.ref();
    post(message);
  };
  current = { requestId: request.requestId, settle };
  process.env._X_AMZN_TRACE_ID = request.traceId;
  // While the handler runs, only what it waits for keeps the thread alive: see beforeExit.
  port.unref();
  try {
    const returned = handler(JSON.parse(request.payload), createContext(request, settle), settle);
    if (isThenable(returned)) {
      returned.then(
        (result) => settle(null, result),
        (error) => settle(error ?? new Error('rejected with nothing')),
      );
    }
  } catch (error) {
    settle(error ?? new Error('threw nothing'));
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';
}

function toMessage(requestId: string, error: unknown, result: unknown): WorkerMessage {
  if (error !== null && error !== undefined) {
    return { kind: 'threw', requestId, error: toErrorDocument(error) };
  }
  try {
    return { kind: 'returned', requestId, payload: JSON.stringify(result) ?? 'null' };
  } catch (unserializable) {
    const { message } = unserializable as Error;
    return {
      kind: 'threw',
      requestId,
      error: { errorType: 'Runtime.MarshalError', errorMessage: `Unable to stringify response body: ${message}` },
    };
  }
}

const { taskRoot, handler } = workerData as EnvironmentData;
loadHandler(taskRoot, handler).then(
  (loaded) => {
    port.on('message', (request: InvocationRequest) => run(loaded, request));
    post({ kind: 'ready' });
  },
  (error) => post({ kind: 'init-failed', error: toErrorDocument(error) }),
);
