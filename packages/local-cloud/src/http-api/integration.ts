import { AwsError, type RuntimeClock } from '../contracts';
import type { FunctionService } from '../lambda';
import { type ApiResponse, gatewayResponse, toResponse } from './response';

export interface Integration {
  readonly id: string;
  /** Name or ARN. */
  readonly functionName: string;
  /** How long the gateway waits for the function; at most 30 s. */
  readonly timeoutMs: number;
}

/** What became of a request that a function was asked to answer. */
export interface IntegrationOutcome {
  readonly response: ApiResponse;
  readonly integrationLatencyMs?: number;
  /** For the access log: the client is not told. */
  readonly error?: string;
}

/** Asks the function, in the name of the route that `sourceArn` names. */
export async function integrate(
  functions: FunctionService,
  clock: RuntimeClock,
  integration: Integration,
  sourceArn: string,
  event: string,
): Promise<IntegrationOutcome> {
  const startedMs = performance.now();
  const caller = { service: 'apigateway.amazonaws.com', sourceArn };
  try {
    const invoked = functions.invokeFor(caller, integration.functionName, event, 'RequestResponse');
    const result = await within(integration.timeoutMs, clock, invoked);
    const integrationLatencyMs = Math.round(performance.now() - startedMs);
    if (result === 'timed out') {
      const error = `the function did not answer within ${integration.timeoutMs} ms`;
      return { integrationLatencyMs, error, response: gatewayResponse(503, 'Service Unavailable') };
    }
    const response = result.functionError === undefined ? toResponse(result.payload) : undefined;
    if (response !== undefined) {
      return { integrationLatencyMs, response };
    }
    const failed = result.functionError !== undefined;
    const error = failed ? 'the function failed. See its log' : 'the function returned no valid response';
    return { integrationLatencyMs, error, response: gatewayResponse(500, 'Internal Server Error') };
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    const tooLarge = error.code === 'RequestTooLargeException';
    const response = tooLarge
      ? gatewayResponse(413, 'Request Entity Too Large')
      : gatewayResponse(500, 'Internal Server Error');
    return { error: `${error.code}: ${error.message}`, response };
  }
}

async function within<T>(timeoutMs: number, clock: RuntimeClock, work: Promise<T>): Promise<T | 'timed out'> {
  let cancel = (): void => undefined;
  const late = new Promise<'timed out'>((resolve) => {
    cancel = clock.schedule(clock.now() + timeoutMs, () => resolve('timed out'));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
