import { createHash, randomUUID } from 'node:crypto';
import type { CancelTimer } from '@workflows/states-language';
import type { RuntimeClock } from '../contracts';
import { invalidParameter, invalidReceiptHandle, missingParameter, SqsError } from './errors';
import { type Message, type OutgoingMessage, sizeOf } from './message';
import type { QueueSettings } from './queue-settings';

/** How long a FIFO queue remembers what it was sent. */
const DEDUPLICATION_MS = 300_000;
const RECEIPT = /^[0-9a-f-]{36}#[0-9a-f-]{36}$/;

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** One queue. It keeps no timer of its own while nobody waits for messages. */
export class Queue {
  readonly createdMs: number;
  lastModifiedMs: number;
  readonly #messages = new Map<string, Message>();
  /** By deduplication id. */
  readonly #recent = new Map<string, Message>();
  readonly #listeners = new Set<() => void>();
  readonly #queueOf: (arn: string) => Queue | undefined;
  #settings: QueueSettings;
  #sent = 0n;
  #closed = false;
  #timer: { readonly atMs: number; readonly cancel: CancelTimer } | undefined;

  constructor(
    readonly name: string,
    readonly arn: string,
    settings: QueueSettings,
    readonly clock: RuntimeClock,
    /** Finds the dead-letter queue. */
    queueOf: (arn: string) => Queue | undefined,
  ) {
    this.#settings = settings;
    this.#queueOf = queueOf;
    this.createdMs = clock.now();
    this.lastModifiedMs = this.createdMs;
  }

  get settings(): QueueSettings {
    return this.#settings;
  }

  set settings(settings: QueueSettings) {
    this.#settings = settings;
    this.lastModifiedMs = this.clock.now();
  }

  /** @throws {SqsError} when the queue does not take such a message */
  send(message: OutgoingMessage): Message {
    const { contentBasedDeduplication, fifo } = this.#settings;
    this.#check(message);
    if (!fifo) {
      return this.#add(message, {});
    }
    const hash = (): string => createHash('sha256').update(message.body).digest('hex');
    const deduplicationId = message.deduplicationId ?? (contentBasedDeduplication ? hash() : undefined);
    if (deduplicationId === undefined) {
      throw invalidParameter(
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      );
    }
    const known = this.#recent.get(deduplicationId);
    if (known !== undefined && known.sentMs + DEDUPLICATION_MS > this.clock.now()) {
      return known;
    }
    this.#sent++;
    const added = this.#add(message, { deduplicationId, sequenceNumber: String(this.#sent).padStart(20, '1') });
    this.#recent.set(deduplicationId, added);
    return added;
  }

  /**
   * Takes messages that are visible, and hides them; those that were received too often go to the dead-letter queue
   * instead. A FIFO queue gives none of a group that has a message in flight.
   *
   * @param maximumBytes of the messages together, of which there is one in any case
   */
  receive(maximum: number, visibilityMs = this.#settings.visibilityMs, maximumBytes = Infinity): Message[] {
    const nowMs = this.clock.now();
    const { fifo, retentionMs } = this.#settings;
    const taken: Message[] = [];
    const busyGroups = new Set<string | undefined>();
    let bytes = 0;
    for (const message of this.#messages.values()) {
      bytes += maximumBytes === Infinity ? 0 : Buffer.byteLength(JSON.stringify(message));
      if (taken.length === maximum || (bytes > maximumBytes && taken.length > 0)) {
        break;
      }
      if (message.sentMs + retentionMs <= nowMs) {
        this.#messages.delete(message.id);
      } else if (message.visibleMs > nowMs) {
        busyGroups.add(message.groupId);
      } else if (!(fifo && busyGroups.has(message.groupId)) && !this.#moveToDeadLetters(message)) {
        message.visibleMs = nowMs + visibilityMs;
        message.receiveCount++;
        message.firstReceivedMs ??= nowMs;
        message.receiptHandle = Buffer.from(`${message.id}#${randomUUID()}`).toString('base64');
        taken.push(message);
      }
    }
    this.#watch();
    return taken;
  }

  /** As {@link receive}, and waits for a message while there is none. */
  async poll(maximum: number, visibilityMs: number | undefined, waitMs = this.#settings.waitMs): Promise<Message[]> {
    const untilMs = this.clock.now() + waitMs;
    let messages = this.receive(maximum, visibilityMs);
    while (messages.length === 0 && this.clock.now() < untilMs && !this.#closed) {
      await this.clock.whileWaiting(this.#available(untilMs));
      messages = this.receive(maximum, visibilityMs);
    }
    return messages;
  }

  /**
   * Calls `listener` whenever there may be messages to receive.
   * @returns how to end that
   */
  onAvailable(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#watch();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) {
        this.#timer?.cancel();
        this.#timer = undefined;
      }
    };
  }

  /** A message that was received again since is left alone, as SQS does. @throws {SqsError} `ReceiptHandleIsInvalid` */
  delete(receiptHandle: string): void {
    const message = this.#received(receiptHandle);
    if (message !== undefined) {
      this.#messages.delete(message.id);
      this.#watch();
    }
  }

  /** @throws {SqsError} `ReceiptHandleIsInvalid`, `MessageNotInflight` */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#received(receiptHandle);
    if (message === undefined || message.visibleMs <= this.clock.now()) {
      throw new SqsError(
        'MessageNotInflight',
        `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
        'AWS.SimpleQueueService.MessageNotInflight',
      );
    }
    message.visibleMs = this.clock.now() + seconds * 1000;
    this.#watch();
  }

  purge(): void {
    this.#messages.clear();
  }

  counts(): MessageCounts {
    const nowMs = this.clock.now();
    const kept = [...this.#messages.values()].filter(({ sentMs }) => sentMs + this.#settings.retentionMs > nowMs);
    const hidden = kept.filter(({ visibleMs }) => visibleMs > nowMs);
    const inFlight = hidden.filter(({ receiveCount }) => receiveCount > 0).length;
    return { visible: kept.length - hidden.length, inFlight, delayed: hidden.length - inFlight };
  }

  /** Ends every wait for messages. */
  close(): void {
    this.#closed = true;
    this.#messages.clear();
    this.#timer?.cancel();
    this.#tellListeners();
  }

  #check({ attributes, body, delaySeconds, groupId }: OutgoingMessage): void {
    const { fifo, maximumBytes } = this.#settings;
    if (sizeOf(body, attributes) > maximumBytes) {
      throw invalidParameter(
        `One or more parameters are invalid. Reason: Message must be shorter than ${maximumBytes} bytes.`,
      );
    }
    if (fifo && groupId === undefined) {
      throw missingParameter('MessageGroupId');
    }
    if (fifo && delaySeconds !== undefined && delaySeconds !== 0) {
      throw invalidParameter(
        `Value ${delaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
      );
    }
  }

  #add(message: OutgoingMessage, more: Partial<Message>): Message {
    const nowMs = this.clock.now();
    const { delaySeconds } = message;
    const delayMs = delaySeconds === undefined ? this.#settings.delayMs : delaySeconds * 1000;
    const added: Message = {
      ...message,
      id: randomUUID(),
      sentMs: nowMs,
      visibleMs: nowMs + delayMs,
      receiveCount: 0,
      ...more,
    };
    this.#messages.set(added.id, added);
    this.#watch(added.visibleMs);
    return added;
  }

  #moveToDeadLetters(message: Message): boolean {
    const { redrive } = this.#settings;
    const target = redrive && this.#queueOf(redrive.deadLetterTargetArn);
    if (redrive === undefined || target === undefined || message.receiveCount < redrive.maxReceiveCount) {
      return false;
    }
    this.#messages.delete(message.id);
    target.#add(message, {
      id: message.id,
      sentMs: message.sentMs,
      visibleMs: this.clock.now(),
      deadLetterSourceArn: this.arn,
    });
    return true;
  }

  /** The message of a receipt handle, unless it is gone or was received again. */
  #received(receiptHandle: string): Message | undefined {
    const receipt = Buffer.from(receiptHandle, 'base64').toString();
    if (!RECEIPT.test(receipt)) {
      throw invalidReceiptHandle(receiptHandle);
    }
    const message = this.#messages.get(receipt.slice(0, 36));
    return message?.receiptHandle === receiptHandle ? message : undefined;
  }

  #available(untilMs: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        cancel();
        stop();
        resolve();
      };
      const cancel = this.clock.schedule(untilMs, finish);
      const stop = this.onAvailable(finish);
    });
  }

  /** Sees to it that whoever waits is told when the next message becomes visible. */
  #watch(atMs = this.#nextVisibleMs()): void {
    if (this.#listeners.size === 0 || atMs === undefined || (this.#timer !== undefined && this.#timer.atMs <= atMs)) {
      return;
    }
    this.#timer?.cancel();
    const cancel = this.clock.schedule(Math.max(atMs, this.clock.now()), () => {
      this.#timer = undefined;
      this.#tellListeners();
    });
    this.#timer = { atMs, cancel };
  }

  #tellListeners(): void {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }

  #nextVisibleMs(): number | undefined {
    const nowMs = this.clock.now();
    let nextMs: number | undefined;
    const busyGroups = new Set<string | undefined>();
    for (const { groupId, visibleMs } of this.#messages.values()) {
      if (this.#settings.fifo && busyGroups.has(groupId)) {
        continue;
      }
      if (visibleMs > nowMs) {
        busyGroups.add(groupId);
      }
      nextMs = Math.min(nextMs ?? visibleMs, visibleMs);
    }
    return nextMs;
  }
}
