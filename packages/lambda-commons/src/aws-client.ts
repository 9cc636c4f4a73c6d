import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Options of an AWS SDK client in a function: three tries, each with a time limit. A dependency that hangs then
 * becomes an error that the function can answer, before Lambda stops the function.
 *
 * Region, credentials and endpoint come from the environment that Lambda gives the function.
 */
export const clientOptions = (requestTimeoutMs: number) => ({
  maxAttempts: 3,
  requestHandler: new NodeHttpHandler({
    connectionTimeout: 1000,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
  }),
});
