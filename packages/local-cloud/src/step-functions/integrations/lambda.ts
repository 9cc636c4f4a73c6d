import { randomBytes, randomUUID } from 'node:crypto';
import { isJson, type JsonValue, type TaskRequest } from '@workflows/states-language';
import { AwsError, type FunctionInvoker, type InvokeOptions, type InvokeResult } from '../../contracts';
import { readArguments, stringArgument } from '../tasks/arguments';
import type { Integration } from '../tasks/integration';
import { sdkMetadata } from '../tasks/sdk-metadata';
import { type ErrorNaming, serviceFailure, TaskFailure } from '../tasks/task-failure';

const MODELLED = new Set([
  'EC2AccessDeniedException',
  'EC2ThrottledException',
  'EC2UnexpectedException',
  'ENILimitReachedException',
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'InvalidRuntimeException',
  'KMSAccessDeniedException',
  'RequestTooLargeException',
  'ResourceConflictException',
  'ResourceNotFoundException',
  'ResourceNotReadyException',
  'ServiceException',
  'TooManyRequestsException',
  'UnsupportedMediaTypeException',
]);

const LAMBDA_ERRORS: ErrorNaming = {
  prefix: 'Lambda',
  service: 'AWSLambda',
  unmodelled: 'AWSLambdaException',
  isModelled: (code) => MODELLED.has(code),
  sdk: 1,
};

/** `arn:aws:states:::lambda:invoke` @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const invokeFunction: Integration = {
  service: 'lambda',
  actions: ['invoke'],
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task, { functions, context, principal }) {
    const given = readArguments(task, [
      'ClientContext',
      'FunctionName',
      'InvocationType',
      'LogType',
      'Payload',
      'Qualifier',
    ]);
    const functionName = stringArgument(task, given, 'FunctionName');
    const qualifier = given.Qualifier === undefined ? '' : `:${stringArgument(task, given, 'Qualifier')}`;
    const invocationType = invocationTypeOf(task, given.InvocationType);
    const clientContext =
      given.ClientContext === undefined ? {} : { clientContext: stringArgument(task, given, 'ClientContext') };
    const options = { invocationType, principal, ...clientContext };
    const result = await invoke(functions, `${functionName}${qualifier}`, payloadText(given.Payload), options);
    const logTail = given.LogType === 'Tail' ? (result.logTail ?? '') : undefined;
    return invokeOutput({ ...result, logTail }, invocationType, context.clock.now());
  },
};

/** A function's bare ARN as `Resource`: input in, output out. */
export const callFunction: Integration = {
  service: 'lambda',
  actions: ['function'],
  patterns: ['REQUEST_RESPONSE'],
  async request(task, { functions, principal }) {
    const result = await invoke(functions, task.resource.arn, task.argumentsText, {
      invocationType: 'RequestResponse',
      principal,
    });
    return parsed(result.payload);
  },
};

function invocationTypeOf(task: TaskRequest, value: JsonValue | undefined): 'RequestResponse' | 'Event' {
  if (value === undefined || value === 'RequestResponse' || value === 'Event') {
    return value ?? 'RequestResponse';
  }
  throw new TaskFailure(
    'States.Runtime',
    `The field 'InvocationType' of ${task.resource.arn} must be RequestResponse or Event. Received: ${JSON.stringify(value)}.`,
  );
}

async function invoke(
  functions: FunctionInvoker,
  functionName: string,
  payload: string,
  options: InvokeOptions,
): Promise<InvokeResult> {
  let result: InvokeResult;
  try {
    result = await functions.invoke(functionName, payload, options);
  } catch (error) {
    throw invocationFailure(error);
  }
  if (result.functionError !== undefined) {
    throw functionFailure(result.payload);
  }
  return result;
}

function invocationFailure(error: unknown): TaskFailure {
  if (!(error instanceof AwsError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return new TaskFailure('Lambda.SdkClientException', `Unable to execute HTTP request: ${reason}`);
  }
  // What cannot be found is the version that would have run.
  const version = error.code === 'ResourceNotFoundException' && !error.message.endsWith('$LATEST') ? ':$LATEST' : '';
  return serviceFailure(new AwsError(error.code, `${error.message}${version}`, error.status), LAMBDA_ERRORS);
}

/** A function that threw names its error; one that timed out or exited may not. */
function functionFailure(payload: string): TaskFailure {
  const document = parsed(payload);
  const errorType =
    typeof document === 'object' && document !== null && !Array.isArray(document) ? document.errorType : undefined;
  return typeof errorType === 'string' && errorType !== ''
    ? new TaskFailure(errorType, payload, true)
    : new TaskFailure(
        'Lambda.Unknown',
        `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
        true,
      );
}

/** Lambda takes JSON text: a string that is JSON goes as it is, anything else is written as JSON. */
function payloadText(payload: JsonValue | undefined): string {
  if (payload === undefined || payload === null) {
    return '{}';
  }
  return typeof payload === 'string' && isJson(payload) ? payload : JSON.stringify(payload);
}

/** `logTail`: absent when nobody asked for the log. */
function invokeOutput(
  result: { readonly payload: string; readonly logTail: string | undefined },
  invocationType: 'RequestResponse' | 'Event',
  nowMs: number,
): JsonValue {
  const log = result.logTail === undefined ? undefined : Buffer.from(result.logTail).toString('base64');
  const requestId = randomUUID();
  const synchronous = invocationType === 'RequestResponse';
  const status = synchronous ? 200 : 202;
  const traceId = `root=1-${Math.floor(nowMs / 1000).toString(16)}-${randomBytes(12).toString('hex')};sampled=0`;
  const metadata = sdkMetadata(
    [
      ...(synchronous && log !== undefined ? [['X-Amz-Log-Result', log] as const] : []),
      ...(synchronous ? [['X-Amz-Executed-Version', '$LATEST'] as const] : []),
      ['x-amzn-Remapped-Content-Length', '0'],
      ['Connection', 'keep-alive'],
      ['x-amzn-RequestId', requestId],
      ['Content-Length', String(synchronous ? Buffer.byteLength(result.payload) : 0)],
      ['Date', new Date(nowMs).toUTCString()],
      ['X-Amzn-Trace-Id', traceId],
      ['Content-Type', 'application/json'],
    ],
    requestId,
    status,
  );
  return synchronous
    ? {
        ExecutedVersion: '$LATEST',
        ...(log === undefined ? {} : { LogResult: log }),
        Payload: parsed(result.payload),
        ...metadata,
        StatusCode: status,
      }
    : { ...metadata, StatusCode: status };
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
