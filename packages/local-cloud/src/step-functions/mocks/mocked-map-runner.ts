import type {
  ChildInput,
  JsonValue,
  MapRunListener,
  MapRunner,
  MapRunRequest,
  ReadItems,
  RunningTask,
} from '@workflows/states-language';
import type { MockedOutcome } from './configuration';
import type { MockedCalls } from './mocked-calls';

const NOTHING_TO_CANCEL: RunningTask = { cancel: () => undefined };

/**
 * Stands in front of what runs distributed Maps. A Map state that is mocked neither reads its items from a bucket nor
 * writes its results to one: the first call of a run is its `ItemReader`'s, the next one its `ResultWriter`'s.
 */
export class MockedMapRunner implements MapRunner {
  readonly #others: MapRunner;
  readonly #calls: MockedCalls;

  constructor(others: MapRunner, calls: MockedCalls) {
    this.#others = others;
    this.#calls = calls;
  }

  readItems(request: MapRunRequest, listener: MapRunListener): RunningTask {
    const outcome = this.#calls.next(request.stateName);
    if (outcome === undefined) {
      return this.#others.readItems(request, listener);
    }
    queueMicrotask(() => report(outcome, listener, (items) => readItems(items, request)));
    return NOTHING_TO_CANCEL;
  }

  run(request: MapRunRequest, children: readonly ChildInput[], listener: MapRunListener): RunningTask {
    const { resultWriter, ...unwritten } = request;
    if (resultWriter?.resource === undefined || !this.#calls.mocks(request.stateName)) {
      return this.#others.run(request, children, listener);
    }
    return this.#others.run(unwritten, children, {
      succeeded: () => {
        const outcome = this.#calls.next(request.stateName);
        if (outcome !== undefined) {
          report(outcome, listener, (result) => result);
        }
      },
      failed: (error, cause) => listener.failed(error, cause),
    });
  }

  redrive(mapRunArn: string, listener: MapRunListener): RunningTask {
    return this.#others.redrive(mapRunArn, listener);
  }

  fail(mapRunArn: string): void {
    this.#others.fail(mapRunArn);
  }
}

function report(
  outcome: MockedOutcome,
  listener: MapRunListener,
  resultOf: (result: JsonValue) => JsonValue | undefined,
): void {
  if (outcome.kind === 'throw') {
    listener.failed(outcome.error, outcome.cause);
    return;
  }
  const result = resultOf(outcome.result);
  if (result === undefined) {
    const received = JSON.stringify(outcome.result);
    const cause = `The Return of a mocked ItemReader must be a list of items, or an object. Received: ${received}.`;
    listener.failed('States.ItemReaderFailed', cause);
  } else {
    listener.succeeded(result);
  }
}

/** As a reader reports them; `undefined` for what cannot be iterated over. */
function readItems(items: JsonValue, { itemReader }: MapRunRequest): JsonValue | undefined {
  if (typeof items !== 'object' || items === null) {
    return undefined;
  }
  const { arguments: given, config } = itemReader ?? {};
  const { Bucket: bucket, Key: key } =
    typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  const maxItems = typeof config?.MaxItems === 'number' ? config.MaxItems : undefined;
  const read: ReadItems = {
    source: ['S3:/', bucket, key].filter((part) => typeof part === 'string').join('/'),
    items: Array.isArray(items)
      ? items.slice(0, maxItems)
      : Object.fromEntries(Object.entries(items).slice(0, maxItems)),
  };
  return [read as unknown as JsonValue];
}
