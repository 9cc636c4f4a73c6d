import type { CancelTimer, JsonValue } from '@workflows/states-language';
import type { RuntimeClock } from '../../contracts';
import { type Message, md5, type Queue, systemAttributes } from '../../sqs';
import { LIMITS } from '../function-configuration';
import type { FunctionService } from '../function-service';

export interface MappingSettings {
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** Batches at a time. */
  readonly maximumConcurrency: number | undefined;
  /** The function names the messages of a batch that it could not process. */
  readonly reportsItemFailures: boolean;
}

export interface MappingOptions {
  readonly queue: Queue;
  readonly functionName: string;
  readonly functions: FunctionService;
  readonly region: string;
  readonly clock: RuntimeClock;
  /** Told of batches that come back to the queue, which AWS would only show in a metric. */
  readonly onFailed: (problem: string) => void;
}

/** Lambda starts with five concurrent batches for a queue. */
const CONCURRENT_BATCHES = 5;

/** Gives the messages of a queue to a function, and deletes those that it processed. */
export class EventSourceMapping {
  readonly #options: MappingOptions;
  #settings: MappingSettings;
  #stop: (() => void) | undefined;
  #window: CancelTimer | undefined;
  #running = 0;

  constructor(
    readonly id: string,
    settings: MappingSettings,
    options: MappingOptions,
  ) {
    this.#settings = settings;
    this.#options = options;
  }

  get queueArn(): string {
    return this.#options.queue.arn;
  }

  get functionName(): string {
    return this.#options.functionName;
  }

  get settings(): MappingSettings {
    return this.#settings;
  }

  set settings(settings: MappingSettings) {
    this.#settings = settings;
    const active = this.#stop !== undefined;
    this.stop();
    if (active || settings.enabled) {
      this.start();
    }
  }

  start(): void {
    if (this.#settings.enabled && this.#stop === undefined) {
      this.#stop = this.#options.queue.onAvailable(() => this.#gather());
    }
  }

  /** Batches under way are brought to their end. */
  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#window?.();
    this.#window = undefined;
  }

  /** Waits, within the batching window, until there is a whole batch. */
  #gather(): void {
    const { batchingWindowSeconds, batchSize } = this.#settings;
    const { clock, queue } = this.#options;
    if (batchingWindowSeconds === 0 || queue.counts().visible >= batchSize) {
      this.#window?.();
      this.#window = undefined;
      this.#pump();
    } else {
      this.#window ??= clock.schedule(clock.now() + batchingWindowSeconds * 1000, () => {
        this.#window = undefined;
        this.#pump();
      });
    }
  }

  #pump(): void {
    const { batchSize, maximumConcurrency = CONCURRENT_BATCHES } = this.#settings;
    const { clock, queue } = this.#options;
    while (this.#stop !== undefined && this.#running < maximumConcurrency) {
      const messages = queue.receive(batchSize, undefined, LIMITS.synchronousPayloadBytes);
      if (messages.length === 0) {
        return;
      }
      this.#running++;
      void clock.track(
        this.#process(messages).finally(() => {
          this.#running--;
          this.#pump();
        }),
      );
    }
  }

  async #process(messages: readonly Message[]): Promise<void> {
    const { functionName, functions, onFailed, queue, region } = this.#options;
    const records = messages.map((message) => recordOf(message, queue.arn, region));
    let failed: ReadonlySet<string>;
    try {
      const payload = JSON.stringify({ Records: records });
      const result = await functions.invoke(functionName, payload, {
        invocationType: 'RequestResponse',
        principal: undefined,
      });
      const ids = messages.map(({ id }) => id);
      failed = result.functionError === undefined ? this.#itemFailures(result.payload, ids) : new Set(ids);
    } catch (error) {
      onFailed(`${functionName} could not be given messages of ${queue.arn}: ${(error as Error).message}`);
      return;
    }
    if (failed.size > 0) {
      onFailed(`${functionName} failed for ${failed.size} of ${messages.length} messages of ${queue.arn}`);
    }
    for (const { id, receiptHandle } of messages) {
      if (!failed.has(id) && receiptHandle !== undefined) {
        queue.delete(receiptHandle);
      }
    }
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting */
  #itemFailures(payload: string, ids: readonly string[]): ReadonlySet<string> {
    if (!this.#settings.reportsItemFailures) {
      return new Set();
    }
    const response = JSON.parse(payload) as { batchItemFailures?: { itemIdentifier?: JsonValue }[] | null } | null;
    const failures = response?.batchItemFailures ?? [];
    const named = failures.map((failure) => failure?.itemIdentifier);
    // What names no message of the batch fails all of it.
    return named.every((id) => typeof id === 'string' && ids.includes(id)) ? new Set(named as string[]) : new Set(ids);
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
function recordOf(message: Message, queueArn: string, region: string): JsonValue {
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle ?? '',
    body: message.body,
    attributes: systemAttributes(message),
    messageAttributes: Object.fromEntries(
      Object.entries(message.attributes).map(([name, { BinaryValue, DataType, StringValue }]) => [
        name,
        {
          ...(StringValue === undefined ? {} : { stringValue: StringValue }),
          ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: md5(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}
