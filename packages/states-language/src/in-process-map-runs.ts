import { Execution } from './execution';
import type { ExecutionContext } from './execution-types';
import { ErrorName } from './failures';
import type { Host, MapRunListener, MapRunner, MapRunRequest, ReadItems, RunningTask } from './host';
import { type ChildEnd, MapRun, type RunningChild, succeededOutputs, ToleratedFailureThresholdError } from './map-run';
import type { JsonValue } from './values/json';

/** Where {@link inProcessMapRuns} reads items from. */
export type ItemSource = (request: MapRunRequest) => readonly ReadItems[];

/**
 * Runs distributed Maps with nothing outside: children are executions that nobody can ask about, and items are read
 * from what is handed in. For tests and simulations; results are not written.
 *
 * @param host what the children run with; distributed Maps inside them run here too
 */
export function inProcessMapRuns(host: Omit<Host, 'mapRuns'>, context: ExecutionContext, read?: ItemSource): MapRunner {
  const runs = new Map<string, MapRun>();
  const runner: MapRunner = {
    readItems: (request, listener) => {
      const items = read?.(request);
      queueMicrotask(() => {
        if (items === undefined) {
          const { resource } = request.itemReader ?? {};
          listener.failed(ErrorName.ITEM_READER_FAILED, `Nothing reads items here with ${resource}`);
        } else {
          listener.succeeded(items as unknown as JsonValue);
        }
      });
      return { cancel: () => undefined };
    },
    run: (request, children, listener) => {
      const { resource } = request.resultWriter ?? {};
      if (resource !== undefined) {
        queueMicrotask(() =>
          listener.failed(ErrorName.RESULT_WRITER_FAILED, `Nothing writes results here with ${resource}`),
        );
        return { cancel: () => undefined };
      }
      const run = new MapRun(request, ({ input }, index) => startChild(request, input, index));
      runs.set(request.mapRunArn, run);
      return report(run, run.run(children), listener);
    },
    redrive: (mapRunArn, listener) => {
      const run = runs.get(mapRunArn);
      if (run === undefined) {
        throw new Error(`There is no Map Run ${mapRunArn}`);
      }
      return report(run, run.redrive(), listener);
    },
    fail: () => undefined,
  };
  const childHost: Host = { ...host, mapRuns: runner };

  function startChild({ mapRunArn, program }: MapRunRequest, input: string, index: number): RunningChild<ChildEnd> {
    const name = `${mapRunArn.split(':').at(-1)}-${index}`;
    const execution = new Execution({
      program,
      input,
      host: childHost,
      context: {
        ...context,
        execution: { ...context.execution, name, id: mapRunArn.replace(/:mapRun:(.*):.*$/, `:execution:$1:${name}`) },
      },
    });
    execution.start();
    return {
      ended: execution.ended().then(() => {
        const { output, status } = execution;
        return { status: status === 'RUNNING' ? 'ABORTED' : status, ...(output === undefined ? {} : { output }) };
      }),
      stop: () => execution.stop(),
    };
  }

  return runner;
}

function report(run: MapRun, done: Promise<void>, listener: MapRunListener): RunningTask {
  done.then(
    () => listener.succeeded(succeededOutputs(run.ends)),
    (error: unknown) => {
      const name = error instanceof ToleratedFailureThresholdError ? error.name : ErrorName.RUNTIME;
      listener.failed(name, error instanceof Error ? error.message : String(error));
    },
  );
  return { cancel: () => run.abort() };
}
