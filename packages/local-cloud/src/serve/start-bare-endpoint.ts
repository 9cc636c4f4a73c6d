import { ACCOUNT_ID } from '../account';
import { SdkServices } from '../aws-sdk';
import { AutoAdvancingClock, RealClock } from '../clock';
import type { AwsService, RecurringClock } from '../contracts';
import { DynamoDbService } from '../dynamodb';
import { createEndpoint } from '../endpoint';
import { EventBridgeService, EventBus, publishStatusChanges } from '../eventbridge';
import { checkNothing } from '../iam';
import { EventSourceMappings, EventSourceService, Functions, LambdaService, LogSink } from '../lambda';
import { ServiceEndpoints, type ServiceEndpointsOptions } from '../service-endpoints';
import { SnsService } from '../sns';
import { SqsService } from '../sqs';
import { readMockFile, StepFunctionsService } from '../step-functions';
import {
  dynamoDbElsewhere,
  forwarding,
  functionsElsewhere,
  objectsElsewhere,
  otherServices,
  publishStatusElsewhere,
} from './services-elsewhere';

/** Names of the services that the runtime can carry out itself. */
const SERVICE_NAMES = {
  states: 'Step Functions',
  lambda: 'Lambda',
  dynamodb: 'DynamoDB',
  sqs: 'SQS',
  sns: 'SNS',
  events: 'EventBridge',
};

/** The services that the runtime can carry out itself. */
export const OWN_SERVICES: readonly string[] = Object.keys(SERVICE_NAMES);

export interface BareEndpointOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** In the ARNs of Step Functions. @default '000000000000' */
  readonly account?: string;
  /** Folder for the logs of functions, one file each. @default - no logs are kept */
  readonly logsDir?: string;
  /** Time jumps to the next timer whenever nothing is in flight. @default false */
  readonly virtualTime?: boolean;
  /** With virtual time: real milliseconds without a request before time jumps. @default 0 */
  readonly idleMs?: number;
  /** Factor on the time of Wait states and of the delays of retries, at least 0. @default 1 */
  readonly waitTimeScale?: number;
  /** Folders that stand for buckets of Amazon S3, by the names of the buckets. @default - there are no buckets */
  readonly buckets?: ReadonlyMap<string, string>;
  /** Path of a mock configuration, in the format of Step Functions Local. @default - nothing is mocked */
  readonly mocks?: string;
  /** Where all other services are. @default - nowhere */
  readonly elsewhere?: Omit<ServiceEndpointsOptions, 'own'>;
  /** The services that are carried out here. @default - all that can be */
  readonly services?: readonly string[];
  /** The folder that clients of the AWS SDK are looked up from. @default - the working directory */
  readonly sdkFolder?: string;
}

export interface BareEndpoint {
  readonly url: string;
  readonly region: string;
  readonly account: string;
  /** Names of the services that are carried out here: `Step Functions`, `Lambda` and so on. */
  readonly services: readonly string[];
  close(): Promise<void>;
}

/** What functions sign with. Everybody may do everything here, so it stands for nobody in particular. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: 'local' };

/**
 * Serves Step Functions, Lambda, DynamoDB, SQS, SNS and EventBridge on one port, empty: everything is created through
 * their APIs. No permissions are checked.
 *
 * @throws {MockConfigurationError} when the file is not a mock configuration
 * @throws {PortUnavailableError} when the port is taken
 */
export async function startBareEndpoint(options: BareEndpointOptions): Promise<BareEndpoint> {
  const { account = ACCOUNT_ID, port, region = 'us-east-1', logsDir } = options;
  const mocks = options.mocks === undefined ? undefined : readMockFile(options.mocks);
  const clock: RecurringClock =
    options.virtualTime === true ? new AutoAdvancingClock({ idleMs: options.idleMs ?? 0 }) : new RealClock();
  const authorizer = checkNothing;
  let url: string | undefined;
  const logs = new LogSink(logsDir);
  const functions = new Functions({
    region,
    clock,
    authorizer,
    logs,
    credentialsFor: () => CREDENTIALS,
    endpoint: () => url,
  });
  const dynamoDb = new DynamoDbService(region, authorizer);
  const sqs = new SqsService({ region, clock, authorizer, endpoint: () => url });
  const onFailed = (problem: string): void => void process.stderr.write(`local-cloud: ${problem}\n`);
  const sns = new SnsService({ region, clock, authorizer, functions, sqs, onUndelivered: onFailed });
  const eventSources = new EventSourceMappings({ region, clock, functions, sqs, authorizer, onFailed });
  const endpoints = new ServiceEndpoints({ ...options.elsewhere, own: options.services ?? OWN_SERVICES });
  const sdk = new SdkServices({ region, folder: options.sdkFolder ?? process.cwd() });
  const invoker = endpoints.isOurs('lambda') ? functions : functionsElsewhere(endpoints, sdk, region);
  const objects = objectsElsewhere(endpoints, sdk, options.buckets ?? new Map());
  const taskServices: AwsService[] = [
    ...(endpoints.isOurs('dynamodb') ? [dynamoDb] : dynamoDbElsewhere(endpoints, region)),
    ...(endpoints.isOurs('sqs') ? [sqs] : []),
    ...(endpoints.isOurs('sns') ? [sns] : []),
  ];
  const stepFunctions = new StepFunctionsService({
    clock,
    authorizer,
    functions: invoker,
    services: taskServices,
    otherServices: otherServices(endpoints, sdk, () => url),
    region,
    account,
    mocks,
    ...(options.waitTimeScale === undefined ? {} : { waitTimeScale: options.waitTimeScale }),
    objects,
  });
  const bus = new EventBus(region, { functions, sqs, stepFunctions, clock }, onFailed);
  const eventBridge = new EventBridgeService(region, bus, authorizer);
  if (endpoints.isOurs('events')) {
    taskServices.push(eventBridge);
    publishStatusChanges(stepFunctions, bus);
    bus.startSchedules(clock);
  }
  publishStatusElsewhere(stepFunctions, endpoints, { region, functions: invoker, clock });
  const close = async (): Promise<void> => {
    await bus.close();
    await stepFunctions.close();
    await eventSources.close();
    sdk.close();
    await functions.close();
    await dynamoDb.close();
    await sqs.close();
    await logs.close();
  };
  try {
    const services = [
      stepFunctions,
      ...(endpoints.isOurs('dynamodb') ? [dynamoDb] : []),
      ...(endpoints.isOurs('sqs') ? [sqs] : []),
      ...(endpoints.isOurs('sns') ? [sns] : []),
      ...(endpoints.isOurs('events') ? [eventBridge] : []),
      ...(endpoints.isOurs('lambda')
        ? [
            new EventSourceService({ mappings: eventSources, functions, authorizer }),
            new LambdaService(functions, authorizer),
          ]
        : []),
    ];
    const endpoint = await createEndpoint({ port, services, authorizer, clock, forwardTo: forwarding(endpoints) });
    url = endpoint.url;
    return {
      url,
      region,
      account,
      services: Object.entries(SERVICE_NAMES).flatMap(([service, name]) =>
        service === 'states' || endpoints.isOurs(service) ? [name] : [],
      ),
      async close() {
        await endpoint.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
