import { CreateStateMachineCommand, SFNClient, SFNServiceException } from '@aws-sdk/client-sfn';
import { AutoAdvancingClock } from '../../src/clock';
import {
  type Authorizer,
  AwsError,
  type AwsService,
  type FunctionInvoker,
  type Principal,
  type RuntimeClock,
} from '../../src/contracts';
import { createEndpoint, type Endpoint } from '../../src/endpoint';
import { type ObjectStore, parseMockConfiguration, StepFunctionsService } from '../../src/step-functions';
import { clientOptions } from '../support/client-options';

export const ROLE_ARN = 'arn:aws:iam::000000000000:role/states';
export const START_MS = Date.UTC(2026, 0, 1);

/** A function of the test: gets the event, answers a value, throws `FunctionError` or an `AwsError`. */
export type TestFunction = (event: unknown) => unknown;

/** What Lambda reports of a function that failed: its error document. */
export class FunctionError extends Error {
  constructor(readonly document: object) {
    super('the function failed');
  }
}

/** Functions of the test's own, invoked as the function host does it. */
export class TestFunctions implements FunctionInvoker {
  readonly byName = new Map<string, TestFunction>();
  readonly invocations: { name: string; payload: string; invocationType: string; principal: Principal | undefined }[] =
    [];

  async invoke(functionName: string, payload: string, options: Parameters<FunctionInvoker['invoke']>[2]) {
    const name = functionName.split(':')[6] ?? functionName;
    this.invocations.push({ name, payload, ...options });
    const run = this.byName.get(name);
    if (run === undefined) {
      const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
      throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
    }
    try {
      return { payload: JSON.stringify((await run(JSON.parse(payload))) ?? null), logTail: `log of ${name}` };
    } catch (error) {
      if (error instanceof FunctionError) {
        return { payload: JSON.stringify(error.document), functionError: 'Unhandled' as const };
      }
      throw error;
    }
  }
}

export const allowAll: Authorizer = { authorize: () => undefined, principalOf: () => undefined };

export interface Fixture {
  readonly service: StepFunctionsService;
  readonly clock: RuntimeClock;
  readonly functions: TestFunctions;
  readonly endpoint: Endpoint;
  readonly client: SFNClient;
  close(): Promise<void>;
}

/** A service behind an endpoint, with virtual time unless told otherwise, and an AWS SDK client that speaks to it. */
export async function startFixture(
  options: {
    authorizer?: Authorizer;
    services?: readonly AwsService[];
    random?: () => number;
    clock?: RuntimeClock;
    retainedExecutions?: number;
    journals?: boolean;
    activityPollMs?: number;
    objects?: ObjectStore;
    mocks?: object;
  } = {},
): Promise<Fixture> {
  const { authorizer = allowAll, clock = new AutoAdvancingClock({ startMs: START_MS }), mocks, ...rest } = options;
  const functions = new TestFunctions();
  const service = new StepFunctionsService({
    clock,
    authorizer,
    functions,
    ...(mocks === undefined ? {} : { mocks: parseMockConfiguration(JSON.stringify(mocks), 'mocks.json') }),
    ...rest,
  });
  const endpoint = await createEndpoint({ port: 0, services: [service], authorizer, clock });
  const client = new SFNClient({
    ...clientOptions(endpoint.url),
    // StartSyncExecution and TestState go to hosts of their own on AWS.
    disableHostPrefix: true,
  });
  return {
    service,
    clock,
    functions,
    endpoint,
    client,
    async close() {
      client.destroy();
      await endpoint.close();
      await service.close();
    },
  };
}

let machines = 0;

/** Creates a state machine of a name of its own. @returns its ARN */
export async function createMachine(client: SFNClient, definition: object): Promise<string> {
  machines++;
  const { stateMachineArn = '' } = await client.send(
    new CreateStateMachineCommand({
      name: `machine-${machines}`,
      roleArn: ROLE_ARN,
      definition: JSON.stringify(definition),
    }),
  );
  return stateMachineArn;
}

/** Name and message of the error that a call ends in. */
export async function failure(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof SFNServiceException) {
      return { name: error.name, message: error.message, status: error.$metadata.httpStatusCode };
    }
    throw error;
  }
  throw new Error('the call succeeded');
}

export const passThrough = { StartAt: 'State_1', States: { State_1: { Type: 'Pass', End: true } } };

export const waiting = (seconds: number) => ({
  StartAt: 'State_1',
  States: { State_1: { Type: 'Wait', Seconds: seconds, End: true } },
});

/** Waits for a callback, whose token the function `notify` is given. */
export const callback = (more: object = {}) => ({
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: { FunctionName: 'notify', Payload: { 'taskToken.$': '$$.Task.Token' } },
      End: true,
      ...more,
    },
  },
});

/** Looks again, one turn of the event loop after the other, until there is something to see. */
export async function waitUntil<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 500; attempt++) {
    const found = await look();
    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it never happened');
}
