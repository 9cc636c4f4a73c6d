import { type SdkServices, serviceNamed } from '../aws-sdk';
import { AwsError, type AwsRequest, type AwsService, type FunctionInvoker } from '../contracts';
import { RemoteDynamoDb } from '../dynamodb';
import { publishStatusChanges, RemoteRules, type RemoteRulesOptions } from '../eventbridge';
import { AccountFunctions, RemoteFunctions } from '../lambda';
import type { ServiceEndpoints } from '../service-endpoints';
import {
  Buckets,
  FolderObjectStore,
  type ObjectStore,
  type OtherServices,
  otherService,
  SdkObjectStore,
  type StepFunctionsService,
} from '../step-functions';

/** Services whose tasks are always carried out by integrations of the runtime, which find them wherever they are. */
const BY_OWN_INTEGRATIONS = new Set(['lambda', 'dynamodb']);

const NO_FUNCTIONS: FunctionInvoker = {
  async invoke() {
    throw new AwsError('ServiceException', 'Lambda is not one of --services, and has no endpoint.', 500);
  },
};

/** The functions of Task states, where Lambda is not ours. */
export function functionsElsewhere(endpoints: ServiceEndpoints, sdk: SdkServices, region: string): FunctionInvoker {
  const location = endpoints.locationOf('lambda');
  if (location === undefined) {
    return NO_FUNCTIONS;
  }
  return location === 'aws' ? new AccountFunctions(sdk) : new RemoteFunctions(location.url, region);
}

/** DynamoDB for Task states, where it is not ours and behind an endpoint. */
export function dynamoDbElsewhere(endpoints: ServiceEndpoints, region: string): AwsService[] {
  const location = endpoints.locationOf('dynamodb');
  return location === undefined || location === 'aws' ? [] : [new RemoteDynamoDb(location.url, region)];
}

/** Changes of status go to the rules of EventBridge, where that is behind an endpoint. */
export function publishStatusElsewhere(
  stepFunctions: StepFunctionsService,
  endpoints: ServiceEndpoints,
  options: Pick<RemoteRulesOptions, 'region' | 'functions' | 'clock'>,
): void {
  const location = endpoints.locationOf('events');
  if (location !== undefined && location !== 'aws') {
    const onUndelivered = (problem: string) => process.stderr.write(`local-cloud: ${problem}\n`);
    publishStatusChanges(stepFunctions, new RemoteRules({ ...options, url: location.url, onUndelivered }));
  }
}

/** Buckets of distributed Maps: folders, and what is behind the endpoint of S3. */
export function objectsElsewhere(
  endpoints: ServiceEndpoints,
  sdk: SdkServices,
  folders: ReadonlyMap<string, string>,
): ObjectStore {
  const buckets = new FolderObjectStore(folders);
  const location = endpoints.locationOf('s3');
  return location === undefined ? buckets : new Buckets(buckets, new SdkObjectStore(sdk, location));
}

/** @param own the URL of the runtime, once it is known: what it has no integration for is called like any service. */
export function otherServices(
  endpoints: ServiceEndpoints,
  sdk: SdkServices,
  own: () => string | undefined,
): OtherServices {
  return {
    elsewhere: (resource) =>
      otherService(resource, sdk, (service) => {
        const location = endpoints.locationOf(service);
        const byOwn = BY_OWN_INTEGRATIONS.has(resource.service.replace('aws-sdk:dynamodb', 'dynamodb'));
        return byOwn && location !== 'aws' ? undefined : location;
      }),
    remaining: (resource) =>
      otherService(resource, sdk, (service) => {
        const url = own();
        return url !== undefined && endpoints.isOurs(service) ? { url } : undefined;
      }),
  };
}

/** `Credential=<key>/<date>/<region>/<service>/aws4_request` of Signature Version 4, in the header or in the query. */
const SCOPE = /Credential=[^/,\s]+\/\d{8}\/[^/]+\/([^/,\s]+)\/aws4_request/;

/** Where a request to the runtime's endpoint is passed on to, if it is for a service that is not ours. */
export function forwarding(endpoints: ServiceEndpoints): (request: AwsRequest, served: boolean) => string | undefined {
  return ({ headers, query }, served) => {
    const credential = `Credential=${query.get('X-Amz-Credential') ?? ''}`;
    const service = SCOPE.exec(headers.authorization ?? credential)?.[1];
    // The endpoint of Step Functions is for nested executions only.
    const given = service === undefined || serviceNamed(service) === 'sfn' ? undefined : endpoints.endpointOf(service);
    return given ?? (served ? undefined : endpoints.awsEndpoint);
  };
}
