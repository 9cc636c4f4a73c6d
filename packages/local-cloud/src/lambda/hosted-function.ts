import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError, type InvokeResult } from '../contracts';
import type { Code } from './code';
import type { Environment, Outcome } from './environment';
import type { EnvironmentPool } from './environment-pool';
import { type FunctionConfiguration, LIMITS } from './function-configuration';
import type { ErrorDocument, InvocationRequest } from './runtime/protocol';

/** Lambda returns the last 4 KiB of an invocation's log. */
const LOG_TAIL_BYTES = 4096;

/** What an invocation looked like from outside. */
export interface InvocationReport {
  readonly functionName: string;
  readonly requestId: string;
  readonly durationMs: number;
  readonly errorType?: string;
}

export interface InvocationResult extends InvokeResult {
  readonly requestId: string;
  readonly logTail: string;
}

/** What one invocation brings along. */
type Invocation = Pick<InvocationRequest, 'payload' | 'requestId' | 'clientContext'>;

/** One function with its code and its environments. Replaced as a whole when code or configuration change. */
export class HostedFunction {
  #inFlight = 0;

  readonly #pool: EnvironmentPool;
  readonly #onLog: (text: string) => void;
  readonly #onInvoked: (report: InvocationReport) => void;

  constructor(
    readonly configuration: FunctionConfiguration,
    readonly code: Code,
    readonly lastModified: string,
    pool: EnvironmentPool,
    onLog: (text: string) => void,
    onInvoked: (report: InvocationReport) => void,
  ) {
    this.#pool = pool;
    this.#onLog = onLog;
    this.#onInvoked = onInvoked;
  }

  /** @throws {AwsError} `TooManyRequestsException` when the reserved concurrency is used up. */
  async invoke(payload: string, requestId: string = randomUUID(), clientContext?: string): Promise<InvocationResult> {
    const { reservedConcurrency } = this.configuration;
    if (reservedConcurrency !== undefined && this.#inFlight >= reservedConcurrency) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    this.#inFlight += 1;
    try {
      return await this.#run({ payload, requestId, ...(clientContext === undefined ? {} : { clientContext }) });
    } finally {
      this.#inFlight -= 1;
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #run(invocation: Invocation): Promise<InvocationResult> {
    const { requestId } = invocation;
    const log = new InvocationLog(this.#onLog);
    const lease = await this.#pool.acquire();
    log.write(`START RequestId: ${requestId} Version: $LATEST\n`);
    const startedMs = performance.now();
    const outcome: Outcome =
      'initError' in lease
        ? { kind: 'failed', error: lease.initError }
        : await this.#runIn(lease.environment, invocation, log);
    const durationMs = performance.now() - startedMs;
    if ('environment' in lease) {
      this.#pool.release(lease.environment);
    }
    const result = limitResponse(outcome);
    log.write(reportLines(requestId, durationMs, this.configuration.memorySizeMb));
    const { name } = this.configuration;
    if (result.kind === 'returned') {
      this.#onInvoked({ functionName: name, requestId, durationMs });
      return { payload: result.payload, requestId, logTail: log.tail() };
    }
    const error = describe(result.error, requestId);
    this.#onInvoked({ functionName: name, requestId, durationMs, errorType: error.errorType });
    return { payload: JSON.stringify(error), functionError: 'Unhandled', requestId, logTail: log.tail() };
  }

  async #runIn(environment: Environment, invocation: Invocation, log: InvocationLog): Promise<Outcome> {
    const timeoutMs = this.configuration.timeoutSeconds * 1000;
    const { arn, memorySizeMb, name } = this.configuration;
    const outcome = await environment.invoke(
      {
        ...invocation,
        deadlineMs: Date.now() + timeoutMs,
        functionName: name,
        functionArn: arn,
        memorySizeMb,
        logGroupName: `/aws/lambda/${name}`,
        logStreamName: 'local',
        traceId: newTraceId(this.configuration.tracingMode === 'Active'),
      },
      timeoutMs,
      (text) => log.write(text),
    );
    if (outcome.kind === 'failed') {
      log.write(
        `${new Date().toISOString()}\t${invocation.requestId}\tERROR\tInvoke Error \t${JSON.stringify(outcome.error)}\n`,
      );
    }
    return outcome;
  }
}

/** Keeps the end of what was written, and passes everything on. */
class InvocationLog {
  #tail = '';

  readonly #sink: (text: string) => void;

  constructor(sink: (text: string) => void) {
    this.#sink = sink;
  }

  write(text: string): void {
    this.#tail = (this.#tail + text).slice(-LOG_TAIL_BYTES);
    this.#sink(text);
  }

  tail(): string {
    return this.#tail;
  }
}

function limitResponse(outcome: Outcome): Outcome {
  if (outcome.kind === 'failed' || Buffer.byteLength(outcome.payload) <= LIMITS.responseBytes) {
    return outcome;
  }
  return {
    kind: 'failed',
    error: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${LIMITS.responseBytes} bytes).`,
    },
  };
}

/** What ends the environment rather than the handler is told with the request that it happened to. */
function describe(error: ErrorDocument, requestId: string): ErrorDocument {
  const byPlatform = error.errorType === 'Sandbox.Timedout' || error.errorType === 'Runtime.ExitError';
  return byPlatform ? { ...error, errorMessage: `RequestId: ${requestId} ${error.errorMessage}` } : error;
}

function reportLines(requestId: string, durationMs: number, memorySizeMb: number): string {
  const duration = `Duration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms`;
  return `END RequestId: ${requestId}\nREPORT RequestId: ${requestId}\t${duration}\tMemory Size: ${memorySizeMb} MB\n`;
}

function newTraceId(sampled: boolean): string {
  const epoch = Math.floor(Date.now() / 1000).toString(16);
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  return `Root=1-${epoch}-${hex(12)};Parent=${hex(8)};Sampled=${sampled ? 1 : 0}`;
}
