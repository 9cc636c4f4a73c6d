import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { type Authorizer, AwsError, type AwsRequest, type AwsResponse, type AwsService } from '../../contracts';
import { parseRequest } from '../api/requests';
import { functionNameOf } from '../function-name';
import type { Functions } from '../functions';
import type { EventSourceMapping, MappingSettings } from './event-source-mapping';
import type { EventSourceMappings } from './event-source-mappings';

const PATH = /^\/2015-03-31\/event-source-mappings(?:\/(?<id>[^/]*))?\/?$/;

const integer = (minimum: number, maximum: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum));

const Settings = {
  BatchSize: v.optional(integer(1, 10_000)),
  Enabled: v.optional(v.boolean()),
  FunctionResponseTypes: v.optional(v.array(v.literal('ReportBatchItemFailures'))),
  MaximumBatchingWindowInSeconds: v.optional(integer(0, 300)),
  ScalingConfig: v.optional(v.strictObject({ MaximumConcurrency: v.optional(integer(2, 1000)) })),
};

const CreateSchema = v.strictObject({
  ...Settings,
  EventSourceArn: v.pipe(v.string(), v.regex(/^arn:[^:]+:sqs:/)),
  FunctionName: v.string(),
  Tags: v.optional(v.record(v.string(), v.string())),
});
const UpdateSchema = v.strictObject({ ...Settings, FunctionName: v.optional(v.string()) });

interface EventSourceServiceOptions {
  readonly mappings: EventSourceMappings;
  readonly functions: Pick<Functions, 'arn'>;
  readonly authorizer: Authorizer;
}

/** `CreateEventSourceMapping` and its siblings, of Lambda's REST API. */
export class EventSourceService implements AwsService {
  readonly #options: EventSourceServiceOptions;

  constructor(options: EventSourceServiceOptions) {
    this.#options = options;
  }

  serves({ path }: AwsRequest): boolean {
    return PATH.test(path);
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    try {
      return this.#run(request);
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      const { code, message, status } = error;
      return { ...answer(status, { Type: 'User', Message: message, message }), headers: headers(code) };
    }
  }

  async close(): Promise<void> {}

  #run({ body, method, path, principal, query }: AwsRequest): AwsResponse {
    const { authorizer, mappings } = this.#options;
    const id = PATH.exec(path)?.groups?.id ?? '';
    const authorize = (action: string) => authorizer.authorize(principal, `lambda:${action}`, '*');
    switch (`${method} ${id === '' ? '' : 'id'}`) {
      case 'POST ': {
        authorize('CreateEventSourceMapping');
        const request = parseRequest(CreateSchema, body);
        const settings = { ...DEFAULTS, ...settingsOf(request) };
        const mapping = mappings.create(request.EventSourceArn, request.FunctionName, settings);
        try {
          mappings.start([mapping]);
        } catch (error) {
          mappings.delete(mapping.id);
          throw error;
        }
        return answer(202, this.#describe(mapping, 'Creating'));
      }
      case 'GET ': {
        authorize('ListEventSourceMappings');
        const functionName = query.get('FunctionName');
        const queueArn = query.get('EventSourceArn');
        const found = mappings
          .list()
          .filter(
            (it) =>
              (functionName === null || it.functionName === functionNameOf(functionName)) &&
              (queueArn === null || it.queueArn === queueArn),
          );
        return answer(200, { EventSourceMappings: found.map((mapping) => this.#describe(mapping)) });
      }
      case 'GET id':
        authorize('GetEventSourceMapping');
        return answer(200, this.#describe(mappings.get(id)));
      case 'PUT id': {
        authorize('UpdateEventSourceMapping');
        const changed = settingsOf(parseRequest(UpdateSchema, body));
        return answer(202, this.#describe(mappings.update(id, changed), 'Updating'));
      }
      case 'DELETE id':
        authorize('DeleteEventSourceMapping');
        return answer(202, this.#describe(mappings.delete(id), 'Deleting'));
      default:
        throw new AwsError('UnknownOperationException', `${method} ${path} is not supported`, 404);
    }
  }

  #describe({ functionName, id, queueArn, settings }: EventSourceMapping, state?: string): object {
    const { batchingWindowSeconds, batchSize, enabled, maximumConcurrency, reportsItemFailures } = settings;
    return {
      UUID: id,
      EventSourceArn: queueArn,
      FunctionArn: this.#options.functions.arn(functionName),
      BatchSize: batchSize,
      MaximumBatchingWindowInSeconds: batchingWindowSeconds,
      State: state ?? (enabled ? 'Enabled' : 'Disabled'),
      StateTransitionReason: 'USER_INITIATED',
      FunctionResponseTypes: reportsItemFailures ? ['ReportBatchItemFailures'] : [],
      ...(maximumConcurrency === undefined ? {} : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    };
  }
}

const DEFAULTS: MappingSettings = {
  enabled: true,
  batchSize: 10,
  batchingWindowSeconds: 0,
  maximumConcurrency: undefined,
  reportsItemFailures: false,
};

function settingsOf(request: v.InferOutput<typeof UpdateSchema>): Partial<MappingSettings> {
  const { BatchSize, Enabled, FunctionResponseTypes, MaximumBatchingWindowInSeconds, ScalingConfig } = request;
  return {
    ...(BatchSize === undefined ? {} : { batchSize: BatchSize }),
    ...(Enabled === undefined ? {} : { enabled: Enabled }),
    ...(MaximumBatchingWindowInSeconds === undefined ? {} : { batchingWindowSeconds: MaximumBatchingWindowInSeconds }),
    ...(FunctionResponseTypes === undefined ? {} : { reportsItemFailures: FunctionResponseTypes.length > 0 }),
    ...(ScalingConfig === undefined ? {} : { maximumConcurrency: ScalingConfig.MaximumConcurrency }),
  };
}

const headers = (errorCode?: string): Record<string, string> => ({
  'content-type': 'application/json',
  'x-amzn-requestid': randomUUID(),
  ...(errorCode === undefined ? {} : { 'x-amzn-errortype': errorCode }),
});

const answer = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: headers(),
  body: JSON.stringify(body),
});
