import type { JsonValue } from '@workflows/states-language';
import { ACCOUNT_ID, arnOf } from '../account';
import {
  type Authorizer,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type InProcessService,
  type Principal,
  type RuntimeClock,
  type ServiceCaller,
} from '../contracts';
import { errorResponse, jsonResponse } from '../endpoint/aws-response';
import { parseBody } from '../endpoint/operation-requests';
import { parseResourcePolicy, permitsService } from '../iam';
import { UnsupportedError } from '../unsupported-error';
import { queueDoesNotExist, SqsError } from './errors';
import type { OutgoingMessage } from './message';
import { MESSAGE_OPERATIONS } from './operations';
import { Queue } from './queue';
import { type QueueAttributes, type QueueSettings, queueSettings } from './queue-settings';
import { type OperationName, operationNamed, type RequestOf, readRequest } from './requests';

const TARGET = 'AmazonSQS.';
/** The last two segments of a queue's URL, whatever host it names. */
const QUEUE_URL = /^https?:\/\/[^/]+(?:\/.*)?\/(?<account>\d{12})\/(?<name>[\w.-]+)$/;

type JsonObject = Record<string, JsonValue>;

export interface SqsOptions {
  readonly region: string;
  readonly clock: RuntimeClock;
  readonly authorizer: Authorizer;
  /** The URL of the AWS endpoint, which the URLs of queues start with. */
  readonly endpoint: () => string | undefined;
}

/** The IAM action of an operation: that of one message stands for that of a batch, too. */
const actionOf = (name: OperationName): string => `sqs:${name.replace(/Batch$/, '').toLowerCase()}`;

/** SQS: queues in memory, over the JSON protocol of the current SDKs and in process. */
export class SqsService implements InProcessService {
  readonly id = 'sqs';
  readonly #queues = new Map<string, Queue>();
  readonly #tags = new Map<string, Record<string, string>>();
  readonly #options: SqsOptions;

  constructor(options: SqsOptions) {
    this.#options = options;
  }

  serves(request: AwsRequest): boolean {
    return request.headers['x-amz-target']?.startsWith(TARGET) === true;
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    try {
      const operation = request.headers['x-amz-target']?.slice(TARGET.length) ?? '';
      return jsonResponse(JSON.stringify(await this.call(operation, parseBody(request.body), request.principal)));
    } catch (error) {
      const known = error instanceof UnsupportedError ? new SqsError('InvalidAttributeValue', error.message) : error;
      if (!(known instanceof AwsError)) {
        throw error;
      }
      const response = errorResponse(known);
      const queryCode = known instanceof SqsError ? known.queryCode : known.code;
      return { ...response, headers: { ...response.headers, 'x-amzn-query-error': `${queryCode};Sender` } };
    }
  }

  async call(operation: string, input: JsonValue, principal: Principal | undefined): Promise<JsonObject> {
    const name = operationNamed(operation);
    const { authorizer } = this.#options;
    switch (name) {
      case 'CreateQueue': {
        const request = readRequest(name, input);
        authorizer.authorize(principal, actionOf(name), this.#arn(request.QueueName));
        return { QueueUrl: this.url(this.create(request.QueueName, request.Attributes)) };
      }
      case 'GetQueueUrl': {
        const { QueueName } = readRequest(name, input);
        authorizer.authorize(principal, actionOf(name), this.#arn(QueueName));
        return { QueueUrl: this.url(this.#named(QueueName)) };
      }
      case 'ListQueues': {
        const { QueueNamePrefix } = readRequest(name, input);
        authorizer.authorize(principal, actionOf(name), this.#arn('*'));
        const found = [...this.#queues.values()].filter((queue) => queue.name.startsWith(QueueNamePrefix));
        return found.length === 0 ? {} : { QueueUrls: found.map((queue) => this.url(queue)) };
      }
      default: {
        const request = readRequest(name, input);
        const { account, queueName } = queueOf(request.QueueUrl);
        authorizer.authorize(principal, actionOf(name), this.#arn(queueName));
        return await this.#run(name, this.#named(account === ACCOUNT_ID ? queueName : ''), request, principal);
      }
    }
  }

  /** @throws {SqsError} `QueueAlreadyExists` when there is one of other attributes */
  create(name: string, attributes: QueueAttributes): Queue {
    const settings = queueSettings(attributes);
    if (settings.fifo !== name.endsWith('.fifo')) {
      throw new SqsError(
        'InvalidParameterValue',
        settings.fifo
          ? 'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.'
          : 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      );
    }
    this.#check(settings);
    const existing = this.#queues.get(name);
    const differing = Object.keys(attributes).find(
      (key) => existing?.settings.attributes[key] !== settings.attributes[key],
    );
    if (existing !== undefined && differing !== undefined) {
      throw new SqsError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${differing}`,
        'QueueAlreadyExists',
      );
    }
    if (existing !== undefined) {
      return existing;
    }
    const queue = new Queue(name, this.#arn(name), settings, this.#options.clock, (arn) => this.find(arn));
    this.#queues.set(name, queue);
    return queue;
  }

  /** @throws {SqsError} `QueueDoesNotExist` and those of the attributes */
  setAttributes(name: string, attributes: QueueAttributes): void {
    const queue = this.#named(name);
    const settings = queueSettings(attributes, queue.settings.attributes);
    this.#check(settings);
    queue.settings = settings;
  }

  find(arn: string): Queue | undefined {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    return arn === this.#arn(name) ? this.#queues.get(name) : undefined;
  }

  url({ name }: Queue): string {
    const { endpoint, region } = this.#options;
    return `${endpoint() ?? `https://sqs.${region}.amazonaws.com`}/${ACCOUNT_ID}/${name}`;
  }

  /**
   * Sends on behalf of an AWS service, which the policy of the queue must allow.
   * @throws {AwsError} `AccessDenied`, and those of `SendMessage`
   */
  sendFor(caller: ServiceCaller, queueArn: string, message: Omit<OutgoingMessage, 'senderId'>): void {
    const queue = this.find(queueArn);
    if (queue === undefined) {
      throw queueDoesNotExist();
    }
    const { Policy: policy } = queue.settings.attributes;
    if (
      !this.#options.authorizer.openToServices &&
      (policy === undefined || !permitsService(parseResourcePolicy(policy), caller, 'sqs:SendMessage', queueArn))
    ) {
      throw new SqsError(
        'AccessDenied',
        `${caller.service} may not send to ${queueArn}: its policy does not allow sqs:SendMessage for source ${caller.sourceArn}`,
        'AccessDenied',
        403,
      );
    }
    queue.send({ ...message, senderId: caller.service });
  }

  async close(): Promise<void> {
    for (const queue of this.#queues.values()) {
      queue.close();
    }
    this.#queues.clear();
  }

  async #run(
    name: OperationName,
    queue: Queue,
    request: unknown,
    principal: Principal | undefined,
  ): Promise<JsonObject> {
    switch (name) {
      case 'DeleteQueue':
        queue.close();
        this.#queues.delete(queue.name);
        this.#tags.delete(queue.name);
        return {};
      case 'PurgeQueue':
        queue.purge();
        return {};
      case 'GetQueueAttributes':
        return attributesOf(queue, (request as RequestOf<typeof name>).AttributeNames);
      case 'SetQueueAttributes':
        this.setAttributes(queue.name, (request as RequestOf<typeof name>).Attributes);
        return {};
      case 'ListQueueTags':
        return { Tags: this.#tags.get(queue.name) ?? {} };
      case 'TagQueue':
        this.#tags.set(queue.name, { ...this.#tags.get(queue.name), ...(request as RequestOf<typeof name>).Tags });
        return {};
      case 'UntagQueue': {
        const { TagKeys } = request as RequestOf<typeof name>;
        const kept = Object.entries(this.#tags.get(queue.name) ?? {}).filter(([key]) => !TagKeys.includes(key));
        this.#tags.set(queue.name, Object.fromEntries(kept));
        return {};
      }
      default: {
        const senderId = principal?.roleArn ?? ACCOUNT_ID;
        const run = MESSAGE_OPERATIONS[name as keyof typeof MESSAGE_OPERATIONS] as (
          queue: Queue,
          request: unknown,
          senderId: string,
        ) => JsonObject | Promise<JsonObject>;
        return await run(queue, request, senderId);
      }
    }
  }

  #named(name: string): Queue {
    const queue = this.#queues.get(name);
    if (queue === undefined) {
      throw queueDoesNotExist();
    }
    return queue;
  }

  #check({ attributes, fifo, redrive }: QueueSettings): void {
    if (attributes.Policy !== undefined && !this.#options.authorizer.openToServices) {
      parseResourcePolicy(attributes.Policy);
    }
    const targetArn = redrive?.deadLetterTargetArn;
    if (targetArn === undefined) {
      return;
    }
    const target = this.find(targetArn);
    if (target === undefined || target.settings.fifo !== fifo) {
      const why =
        target === undefined
          ? 'Dead letter target does not exist.'
          : 'Dead-letter queue must be same type of queue as the source.';
      throw new SqsError(
        'InvalidParameterValue',
        `Value ${JSON.stringify(targetArn)} for parameter RedrivePolicy is invalid. Reason: ${why}`,
      );
    }
  }

  #arn(name: string): string {
    return arnOf('sqs', this.#options.region, name);
  }
}

function queueOf(url: string): { readonly account: string; readonly queueName: string } {
  const { account = '', name = '' } = QUEUE_URL.exec(url)?.groups ?? {};
  if (name === '') {
    throw new SqsError('InvalidAddress', `The address ${url.slice(0, 200)} is not valid for this endpoint.`);
  }
  return { account, queueName: name };
}

function attributesOf(queue: Queue, names: readonly string[]): JsonObject {
  const { delayed, inFlight, visible } = queue.counts();
  const all: Record<string, string> = {
    ...queue.settings.attributes,
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(queue.createdMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.lastModifiedMs / 1000)),
  };
  const chosen = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
}
