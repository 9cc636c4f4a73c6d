import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { LocalCloud } from '@workflows/local-cloud';
import type { Usage } from './usage';

const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];
const READS = ['GetItem', 'Query', 'Scan'];

/** Counts what happens in a runtime, between {@link start} and {@link read}. */
export class Meter {
  #executions = 0;
  #transitions = 0;
  #requests = 0;
  #invocations = 0;
  readonly #calls = new Map<string, number>();

  readonly #cloud: LocalCloud;

  constructor(cloud: LocalCloud) {
    this.#cloud = cloud;

    cloud.events.on('status', this.#onStatus);
    cloud.events.on('history', this.#onHistory);
    cloud.events.on('request', this.#onRequest);
    cloud.events.on('invocation', this.#onInvocation);
    // Every call of the AWS API reaches the runtime by HTTP, whoever makes it.
    subscribe('http.server.request.start', this.#onCall);
  }

  read(pattern: string, records: number): Usage {
    const named = (service: string) =>
      [...this.#calls].flatMap(([target, count]): [string, number][] => {
        const [prefix = '', operation = ''] = target.split('.');
        return prefix.startsWith(service) ? [[operation, count]] : [];
      });
    const sum = (operations: readonly string[]) =>
      named('DynamoDB')
        .filter(([operation]) => operations.includes(operation))
        .reduce((total, [, count]) => total + count, 0);
    return {
      pattern,
      executions: this.#executions,
      stateTransitions: this.#transitions,
      httpApiRequests: this.#requests,
      invocations: this.#invocations,
      dynamoDbWrites: sum(WRITES),
      dynamoDbReads: sum(READS),
      records,
      stepFunctionsCalls: Object.fromEntries(named('AWSStepFunctions').sort(([a], [b]) => a.localeCompare(b))),
    };
  }

  close(): void {
    const { events } = this.#cloud;
    events.off('status', this.#onStatus);
    events.off('history', this.#onHistory);
    events.off('request', this.#onRequest);
    events.off('invocation', this.#onInvocation);
    unsubscribe('http.server.request.start', this.#onCall);
  }

  #onStatus = ({ status }: { readonly status: string }): void => {
    if (status === 'RUNNING') {
      this.#executions += 1;
    }
  };

  /** AWS counts a transition for each state that is entered, and one more for each retry: there is none in these runs. */
  #onHistory = ({ event }: { readonly event: { readonly type: string } }): void => {
    if (event.type.endsWith('StateEntered')) {
      this.#transitions += 1;
    }
  };

  #onRequest = (): void => {
    this.#requests += 1;
  };

  #onInvocation = (): void => {
    this.#invocations += 1;
  };

  #onCall = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') {
      this.#calls.set(target, (this.#calls.get(target) ?? 0) + 1);
    }
  };
}
