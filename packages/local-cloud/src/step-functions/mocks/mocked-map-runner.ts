import type { JsonValue, MapRunListener, MapRunner, MapRunRequest, ReadItems } from '@workflows/states-language';
import type { MockedOutcome } from './configuration';
import type { MockedCalls } from './mocked-calls';

/**
 * Stands in front of what runs distributed Maps. A Map state that is mocked neither reads its items from a bucket nor
 * writes its results to one: the first call of a run is its `ItemReader`'s, the next one its `ResultWriter`'s.
 */
export function mockedMapRunner(others: MapRunner, calls: MockedCalls): MapRunner {
  return {
    readItems: (request, listener) =>
      calls.answer(request.stateName, (outcome) => report(outcome, listener, (items) => readItems(items, request))) ??
      others.readItems(request, listener),
    run(request, children, listener) {
      const { resultWriter, ...unwritten } = request;
      if (resultWriter?.resource === undefined || !calls.mocks(request.stateName)) {
        return others.run(request, children, listener);
      }
      return others.run(unwritten, children, {
        succeeded: () => {
          const outcome = calls.next(request.stateName);
          if (outcome !== undefined) {
            report(outcome, listener, (result) => result);
          }
        },
        failed: (error, cause) => listener.failed(error, cause),
      });
    },
    redrive: (mapRunArn, listener) => others.redrive(mapRunArn, listener),
    fail: (mapRunArn) => others.fail(mapRunArn),
  };
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
