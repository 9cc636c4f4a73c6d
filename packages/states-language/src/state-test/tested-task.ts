import type { RunningTask, TaskListener, TaskRunner } from '../host';
import type { TaskSignal } from '../runtime/runtime';
import type { JsonValue } from '../values/json';
import type { Mock } from './options';
import type { TestedTask } from './trial-runtime';

/** A test ends after five minutes. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
const MAX_TEST_SECONDS = 300;

/** Answers with what a mock says. */
export function mockedTask(result: JsonValue | undefined, errorOutput: Mock['errorOutput']): TestedTask {
  return (_request, _limits, report) =>
    report(
      errorOutput === undefined
        ? { kind: 'succeeded', output: result ?? {} }
        : { kind: 'failed', error: errorOutput.error, cause: errorOutput.cause },
    );
}

/** Has the task carried out, for as long as the state and the test may last in real time. */
export function realTask(tasks: TaskRunner): TestedTask {
  return (request, { timeoutSeconds = MAX_TEST_SECONDS }, report) => {
    let running: RunningTask | undefined;
    const timer = setTimeout(() => {
      running?.cancel();
      report({ kind: 'timeout' });
    }, Math.min(timeoutSeconds, MAX_TEST_SECONDS) * 1000);
    timer.unref();
    const end = (signal: TaskSignal): void => {
      clearTimeout(timer);
      report(signal);
    };
    const listener: TaskListener = {
      scheduled: () => undefined,
      started: () => undefined,
      submitted: () => undefined,
      succeeded: (output) => end({ kind: 'succeeded', output }),
      failed: (error, cause) => end({ kind: 'failed', error, cause }),
      startFailed: (error, cause) => end({ kind: 'startFailed', error, cause }),
      submitFailed: (error, cause) => end({ kind: 'submitFailed', error, cause }),
      timedOut: (limit) => end({ kind: limit }),
    };
    running = tasks.run(request, listener);
  };
}
