import type { InvocationRequest } from './protocol';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export function createContext(request: InvocationRequest, settle: (error: unknown, result?: unknown) => void) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: request.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: request.functionArn,
    memoryLimitInMB: String(request.memorySizeMb),
    awsRequestId: request.requestId,
    logGroupName: request.logGroupName,
    logStreamName: request.logStreamName,
    ...(request.clientContext === undefined
      ? {}
      : { clientContext: JSON.parse(Buffer.from(request.clientContext, 'base64').toString()) }),
    getRemainingTimeInMillis: () => Math.max(0, request.deadlineMs - Date.now()),
    done: settle,
    fail: (error: unknown) => settle(error ?? 'handled'),
    succeed: (result: unknown) => settle(null, result),
  };
}
