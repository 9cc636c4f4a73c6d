import type { CallbackResult } from './callback-runner';
import { MAX_RECORDED_REQUESTS } from './constants';
import type { TaskRequest } from './task-request';

/** A request that the service received, and what it did about it. */
export interface RecordedRequest {
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly idempotencyKey: string | null;
  /** The `X-Attempt` header. */
  readonly attempt: string | null;
  /** What it was answered. */
  readonly status: number;
  /** As received, with its resume token: this app plays the other party, whose secret that is. */
  readonly body: TaskRequest;
  readonly callbacks: CallbackResult[];
}

/** Remembers the latest requests, the oldest first; forgets the oldest when there are too many. */
export class RequestRecorder {
  #requests: RecordedRequest[] = [];

  readonly #capacity: number;

  constructor(capacity: number = MAX_RECORDED_REQUESTS) {
    this.#capacity = capacity;
  }

  add(request: RecordedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > this.#capacity) {
      this.#requests.shift();
    }
  }

  list(id?: string): readonly RecordedRequest[] {
    return id === undefined ? this.#requests : this.#requests.filter(({ body }) => body.id === id);
  }

  clear(): void {
    this.#requests = [];
  }
}
