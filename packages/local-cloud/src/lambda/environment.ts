import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ErrorDocument, InvocationRequest, WorkerMessage } from './runtime/protocol';
import type { ThreadLoop } from './thread-meter';

/** The same folder from `src/lambda` and from `dist/lambda`: a worker thread needs compiled code. */
const RUNTIME_MODULE = join(__dirname, '..', '..', 'dist', 'lambda', 'runtime', 'function-runtime.js');

/**
 * What V8 may set aside for young objects, for each thread. By default it lets that grow to three times 16 MB before it
 * collects, and dozens of threads then occupy gigabytes that none of them uses.
 */
const YOUNG_GENERATION_MB = 3;

export interface EnvironmentOptions {
  readonly taskRoot: string;
  readonly handler: string;
  readonly memorySizeMb: number;
  /** The function's whole `process.env`, asked for when the thread starts. */
  readonly variables: () => Readonly<Record<string, string>>;
}

export type Outcome =
  | { readonly kind: 'returned'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: ErrorDocument };

/** An execution environment: one worker thread that runs one invocation at a time. */
export class Environment {
  readonly #worker: Worker;
  readonly #ready: Promise<ErrorDocument | undefined>;
  #settle: ((outcome: Outcome) => void) | undefined;
  #onLog: (text: string) => void = () => undefined;
  #exit: ErrorDocument | undefined;

  constructor(options: EnvironmentOptions) {
    this.#worker = new Worker(RUNTIME_MODULE, {
      workerData: { taskRoot: options.taskRoot, handler: options.handler },
      env: { ...options.variables() },
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: options.memorySizeMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    // What bypasses the patched streams must not reach the terminal.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#ready = this.#listen();
  }

  /** Gone: it crashed, exited, timed out or was closed. */
  get dead(): boolean {
    return this.#exit !== undefined;
  }

  /** Tells how busy the thread is. */
  get loop(): ThreadLoop {
    return this.#worker.performance;
  }

  /** Resolves when the handler is loaded, with the error if it could not be. */
  ready(): Promise<ErrorDocument | undefined> {
    return this.#ready;
  }

  /**
   * Runs the handler once. A timeout, a crash or an exit ends the environment.
   * @param timeoutMs counted from here
   */
  invoke(request: InvocationRequest, timeoutMs: number, onLog: (text: string) => void): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#onLog = onLog;
      const timer = setTimeout(() => {
        const seconds = (timeoutMs / 1000).toFixed(2);
        onLog(`${new Date().toISOString()} ${request.requestId} Task timed out after ${seconds} seconds\n\n`);
        this.#end({ errorType: 'Sandbox.Timedout', errorMessage: `Error: Task timed out after ${seconds} seconds` });
        void this.#worker.terminate();
      }, timeoutMs);
      this.#settle = (outcome) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(outcome);
      };
      if (this.#exit !== undefined) {
        this.#settle({ kind: 'failed', error: this.#exit });
      } else {
        this.#worker.postMessage(request);
      }
    });
  }

  async close(): Promise<void> {
    this.#end({ errorType: 'Runtime.ExitError', errorMessage: 'Error: Runtime exited without providing a reason' });
    await this.#worker.terminate();
  }

  #listen(): Promise<ErrorDocument | undefined> {
    return new Promise((resolve) => {
      this.#worker.on('message', (message: WorkerMessage) => {
        if (message.kind === 'ready') {
          resolve(undefined);
        } else if (message.kind === 'init-failed') {
          this.#end(message.error);
          resolve(message.error);
          void this.#worker.terminate();
        } else {
          this.#receive(message);
        }
      });
      this.#worker.on('error', (error: NodeJS.ErrnoException) => {
        const killed = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
        this.#end(exitError(killed ? 'signal: killed' : String(error)));
        resolve(this.#exit);
      });
      this.#worker.on('exit', (code) => {
        this.#end(exitError(code === 0 ? 'exit status 0' : `exit status ${code}`));
        resolve(this.#exit);
      });
    });
  }

  #receive(message: Exclude<WorkerMessage, { kind: 'ready' | 'init-failed' }>): void {
    if (message.kind === 'log') {
      this.#onLog(message.text);
    } else if (message.kind === 'crashed') {
      this.#end(message.error);
    } else if (message.kind === 'returned') {
      this.#settle?.({ kind: 'returned', payload: message.payload });
    } else {
      this.#settle?.({ kind: 'failed', error: message.error });
    }
  }

  /** The first reason counts; what follows is its consequence. */
  #end(error: ErrorDocument): void {
    this.#exit ??= error;
    this.#settle?.({ kind: 'failed', error: this.#exit });
  }
}

function exitError(how: string): ErrorDocument {
  return { errorType: 'Runtime.ExitError', errorMessage: `Error: Runtime exited with error: ${how}` };
}
