import { randomUUID } from 'node:crypto';
import { type Authorizer, AwsError, type RuntimeClock } from '../../contracts';
import type { Queue, SqsService } from '../../sqs';
import { functionNameOf } from '../function-name';
import type { FunctionService } from '../function-service';
import { EventSourceMapping, type MappingSettings } from './event-source-mapping';

export interface EventSourceMappingsOptions {
  readonly region: string;
  readonly clock: RuntimeClock;
  readonly functions: FunctionService;
  readonly sqs: Pick<SqsService, 'find'>;
  readonly authorizer: Authorizer;
  readonly onFailed: (problem: string) => void;
}

/** What a function's role must be allowed on the queue that it is fed from. */
const ACTIONS = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

/** The queues that functions are fed from. */
export class EventSourceMappings {
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #options: EventSourceMappingsOptions;

  constructor(options: EventSourceMappingsOptions) {
    this.#options = options;
  }

  list(): EventSourceMapping[] {
    return [...this.#mappings.values()];
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  get(id: string): EventSourceMapping {
    const mapping = this.#mappings.get(id);
    if (mapping === undefined) {
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
    }
    return mapping;
  }

  /**
   * A mapping that does nothing before it is started.
   * @throws {AwsError} `InvalidParameterValueException`, `ResourceConflictException`, `ResourceNotFoundException`
   */
  create(queueArn: string, functionName: string, settings: MappingSettings): EventSourceMapping {
    const { clock, functions, onFailed, region, sqs } = this.#options;
    const { name, timeoutSeconds } = functions.get(functionNameOf(functionName)).configuration;
    const queue = sqs.find(queueArn);
    if (queue === undefined) {
      throw invalid(
        `Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. There is no queue ${queueArn}.`,
      );
    }
    checkSettings(queue, settings, timeoutSeconds);
    const existing = this.list().find((it) => it.queueArn === queueArn && it.functionName === name);
    if (existing !== undefined) {
      throw new AwsError(
        'ResourceConflictException',
        `An event source mapping with SQS arn ("${queueArn}") and function ("${name}") already exists. Please update or delete the existing mapping with UUID ${existing.id}`,
        409,
      );
    }
    const mapping = new EventSourceMapping(randomUUID(), settings, {
      queue,
      functionName: name,
      functions,
      region,
      clock,
      onFailed,
    });
    this.#mappings.set(mapping.id, mapping);
    return mapping;
  }

  /**
   * Starts what is enabled.
   * @throws {AwsError} `InvalidParameterValueException` when the role of a function may not read its queue
   */
  start(mappings: readonly EventSourceMapping[] = this.list()): void {
    for (const mapping of mappings) {
      this.#checkRole(mapping);
      mapping.start();
    }
  }

  /** @throws {AwsError} `ResourceNotFoundException`, `InvalidParameterValueException` */
  update(id: string, changed: Partial<MappingSettings>): EventSourceMapping {
    const mapping = this.get(id);
    const { functions, sqs } = this.#options;
    const settings = { ...mapping.settings, ...changed };
    const queue = sqs.find(mapping.queueArn);
    if (queue !== undefined) {
      checkSettings(queue, settings, functions.get(mapping.functionName).configuration.timeoutSeconds);
    }
    mapping.settings = settings;
    return mapping;
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  delete(id: string): EventSourceMapping {
    const mapping = this.get(id);
    mapping.stop();
    this.#mappings.delete(id);
    return mapping;
  }

  async close(): Promise<void> {
    for (const { id } of this.list()) {
      this.delete(id);
    }
  }

  #checkRole({ functionName, queueArn }: EventSourceMapping): void {
    const { authorizer, functions } = this.#options;
    const { roleArn } = functions.get(functionName).configuration;
    for (const action of ACTIONS) {
      try {
        authorizer.authorize({ roleArn, sessionName: functionName }, `sqs:${action}`, queueArn);
      } catch {
        throw invalid(`The function execution role does not have permissions to call ${action} on SQS`);
      }
    }
  }
}

/** @throws {AwsError} `InvalidParameterValueException`, as Lambda words it */
function checkSettings(queue: Queue, settings: MappingSettings, timeoutSeconds: number): void {
  const { batchingWindowSeconds, batchSize } = settings;
  const { fifo, visibilityMs } = queue.settings;
  if (visibilityMs < timeoutSeconds * 1000) {
    throw invalid(
      `Queue visibility timeout: ${visibilityMs / 1000} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
    );
  }
  if (fifo && (batchSize > 10 || batchingWindowSeconds > 0)) {
    throw invalid('FIFO queues take batches of at most 10 messages, and no batching window.');
  }
  if (batchSize > 10 && batchingWindowSeconds === 0) {
    throw invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10');
  }
}
