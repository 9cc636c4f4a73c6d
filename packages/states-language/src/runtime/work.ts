import type { ChildInput, Host, MapRunner, MapRunRequest, RunningTask, TaskListener, TaskRequest } from '../host';
import { isActivity } from '../integrations/task-resource';
import type { JsonValue } from '../values/json';

/** Something that the host is asked to carry out, and that reports as a task does. */
export interface Work {
  /** Whether `submitted` is only a step on the way. */
  readonly waits: boolean;
  /** Whether a worker has to fetch it. */
  readonly isActivity: boolean;
  readonly taskToken: string | undefined;
  run(host: Host, listener: TaskListener): RunningTask;
  /** Takes work up again, after a replay, that was submitted before. `undefined` for work that a callback ends. */
  resume(host: Host, submitted: JsonValue, listener: TaskListener): RunningTask | undefined;
}

export function taskWork(request: TaskRequest): Work {
  const { pattern } = request.resource;
  return {
    isActivity: isActivity(request.resource),
    waits: pattern !== 'REQUEST_RESPONSE',
    taskToken: request.taskToken,
    run: ({ tasks }, listener) => tasks.run(request, listener),
    resume: ({ tasks }, submitted, listener) => {
      if (pattern === 'WAIT_FOR_TASK_TOKEN') {
        return undefined;
      }
      return tasks.resume === undefined ? tasks.run(request, listener) : tasks.resume(request, submitted, listener);
    },
  };
}

/** The items of a distributed Map, to be read. */
export function readingWork(request: MapRunRequest): Work {
  return mapWork((maps, listener) => maps.readItems(request, listener));
}

export function mapRunWork(request: MapRunRequest, children: readonly ChildInput[]): Work {
  return mapWork((maps, listener) => maps.run(request, children, listener));
}

export function redriveWork(mapRunArn: string): Work {
  return mapWork((maps, listener) => maps.redrive(mapRunArn, listener));
}

function mapWork(run: (maps: MapRunner, listener: TaskListener) => RunningTask): Work {
  return {
    isActivity: false,
    waits: false,
    taskToken: undefined,
    run: ({ mapRuns }, listener) => {
      if (mapRuns === undefined) {
        throw new Error('The host has no mapRuns');
      }
      return run(mapRuns, listener);
    },
    resume: () => undefined,
  };
}
