import { EventEmitter } from 'node:events';
import { RealClock } from './clock';
import type { Cloud } from './cloud';
import type { AwsService, RecurringClock } from './contracts';
import { DynamoDbService } from './dynamodb';
import { createEndpoint } from './endpoint';
import { EventBridgeService, EventBus, publishStatusChanges } from './eventbridge';
import { HttpApis, type RequestReport } from './http-api';
import { Iam } from './iam';
import {
  EventSourceMappings,
  EventSourceService,
  Functions,
  type InvocationReport,
  LambdaService,
  LogSink,
} from './lambda';
import { SnsService } from './sns';
import { SqsService } from './sqs';
import { type HistoryNotice, type StatusNotice, StepFunctionsService } from './step-functions';
import { applyStack, type Outputs, readStacks, type Stack, UnsupportedTerraformError } from './terraform';

export interface LocalCloudOptions {
  /** Where `cdktf` put the synthesized stacks, for instance `cdktf.out`. */
  readonly outDir: string;
  /** Port of the AWS endpoint; the HTTP APIs take those after it, in a stable order. 0 takes free ports. @default 4566 */
  readonly port?: number;
  /** Folder for the logs of functions and APIs, one file each. @default - no logs are kept */
  readonly logsDir?: string;
  /** @default - real time */
  readonly clock?: RecurringClock;
  /** Threads of all functions together; each may have two in any case. Further invocations wait for one. @default 64 */
  readonly maxEnvironments?: number;
  /**
   * How many ended executions are kept, those that ended last: at least 1. AWS keeps them for 90 days; here they are in
   * memory.
   * @default 10000
   */
  readonly retainedExecutions?: number;
}

/** What happens in the runtime. Payloads of `history` may hold task tokens: see `redactTaskTokens`. */
export interface LocalCloudEvents {
  readonly history: [HistoryNotice];
  readonly status: [StatusNotice];
  readonly invocation: [InvocationReport];
  readonly request: [RequestReport];
  /** Something that AWS would only show in a metric: an event that could not be delivered. */
  readonly warning: [string];
}

/** The runtime, serving. */
export interface LocalCloud {
  readonly outputs: Outputs;
  /** Serves Step Functions, Lambda, DynamoDB, SQS, SNS and EventBridge: `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly region: string;
  /** What callers from outside sign with. Other keys work as well, except on routes that AWS_IAM guards. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly events: EventEmitter<{ [K in keyof LocalCloudEvents]: LocalCloudEvents[K] }>;
  /** Stops everything. Leaves no port, thread or temporary file. */
  close(): Promise<void>;
}

const DEFAULT_PORT = 4566;
const DEVELOPER = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Serves every synthesized stack below `outDir` on loopback.
 *
 * @throws {UnsupportedError} for anything in a stack that the runtime does not implement
 * @throws {PortUnavailableError} when a port is taken
 *
 * @example
 * const cloud = await startLocalCloud({ outDir: 'cdktf.out' });
 * await fetch(new URL('tasks', cloud.outputs.WorkflowsStack.WorkflowApiEndpoint), { method: 'POST', body: '{}' });
 * await cloud.close();
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const stacks = readStacks(options.outDir);
  const region = regionOf(stacks);
  const clock = options.clock ?? new RealClock();
  const port = options.port ?? DEFAULT_PORT;
  const events: LocalCloud['events'] = new EventEmitter();
  const closers: (() => Promise<void>)[] = [];
  const opened = <T extends { close(): Promise<void> }>(service: T): T => {
    closers.unshift(() => service.close());
    return service;
  };
  const close = async () => {
    for (const closeNext of closers.splice(0)) {
      await closeNext();
    }
  };

  try {
    const logs = opened(new LogSink(options.logsDir));
    const iam = new Iam();
    let endpointUrl: string | undefined;
    const functions = opened(
      new Functions({
        region,
        clock,
        logs,
        authorizer: iam,
        credentialsFor: (roleArn, functionName) => iam.issueCredentials(roleArn, functionName),
        endpoint: () => endpointUrl,
        onInvoked: (report) => events.emit('invocation', report),
        ...(options.maxEnvironments === undefined ? {} : { maxEnvironments: options.maxEnvironments }),
      }),
    );
    const dynamoDb = opened(new DynamoDbService(region, iam));
    const sqs = opened(new SqsService({ region, clock, authorizer: iam, endpoint: () => endpointUrl }));
    const onProblem = (problem: string): void => void events.emit('warning', problem);
    const sns = opened(new SnsService({ region, clock, authorizer: iam, functions, sqs, onUndelivered: onProblem }));
    const eventSources = opened(
      new EventSourceMappings({ region, clock, functions, sqs, authorizer: iam, onFailed: onProblem }),
    );
    const taskServices: AwsService[] = [dynamoDb, sqs, sns];
    const stepFunctions = opened(
      new StepFunctionsService({
        clock,
        authorizer: iam,
        functions,
        services: taskServices,
        region,
        ...(options.retainedExecutions === undefined ? {} : { retainedExecutions: options.retainedExecutions }),
      }),
    );
    stepFunctions.events.on('history', (notice) => events.emit('history', notice));
    stepFunctions.events.on('status', (notice) => events.emit('status', notice));
    const bus = opened(new EventBus(region, { functions, sqs, stepFunctions, clock }, onProblem));
    publishStatusChanges(stepFunctions, bus);
    taskServices.push(new EventBridgeService(region, bus, iam));

    const services = [
      stepFunctions,
      ...taskServices,
      new EventSourceService({ mappings: eventSources, functions, authorizer: iam }),
      new LambdaService(functions, iam),
    ];
    const endpoint = opened(await createEndpoint({ port, services, authorizer: iam, clock }));
    endpointUrl = endpoint.url;
    const apis = opened(
      new HttpApis(port === 0 ? 0 : port + 1, {
        region,
        functions,
        clock,
        logs,
        authorizer: iam,
        developerKeys: [DEVELOPER.accessKeyId],
        onRequest: (report) => events.emit('request', report),
      }),
    );

    const cloud: Cloud = { region, clock, iam, functions, dynamoDb, stepFunctions, sqs, sns, eventSources, bus, apis };
    const outputs: Outputs = {};
    for (const stack of stacks) {
      outputs[stack.name] = await applyStack(stack, cloud);
    }
    eventSources.start();
    bus.startSchedules(clock);
    return { outputs, endpoint: endpoint.url, region, credentials: DEVELOPER, events, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function regionOf(stacks: readonly Stack[]): string {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const [region = ''] = regions;
  if (regions.length > 1) {
    throw new UnsupportedTerraformError(
      `stacks are in regions ${regions.join(', ')}; supported: one region for all stacks`,
    );
  }
  return region;
}
