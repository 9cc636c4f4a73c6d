import { InvalidPayloadError } from '../errors';
import type { JsonValue, TaskRunner } from '../host';

const NOTHING_TO_CANCEL = { cancel: () => undefined };

/** What stands in for a task: a result as JSON text, or an error. */
export interface Mock {
  readonly result?: string;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
}

/** @throws {@link InvalidPayloadError} when the result is not JSON. */
export function mockRunner({ errorOutput, result = '{}' }: Mock): TaskRunner {
  let output: JsonValue;
  try {
    output = JSON.parse(result) as JsonValue;
  } catch (error) {
    throw new InvalidPayloadError(`The mock's result is not valid JSON: ${(error as Error).message}`);
  }
  return {
    run: (_request, listener) => {
      queueMicrotask(() => {
        if (errorOutput === undefined) {
          listener.succeeded(output);
        } else {
          listener.failed(errorOutput.error ?? '', errorOutput.cause ?? '');
        }
      });
      return NOTHING_TO_CANCEL;
    },
  };
}

/** For a Task state without anything that could carry it out. */
export const refusingRunner: TaskRunner = {
  run: (request, listener) => {
    queueMicrotask(() => {
      listener.startFailed(
        'States.Runtime',
        `Nothing carries out ${request.resource.arn} here: pass a mock or a task runner`,
      );
    });
    return NOTHING_TO_CANCEL;
  },
};
