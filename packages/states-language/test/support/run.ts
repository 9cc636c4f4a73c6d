import {
  Execution,
  type ExecutionOptions,
  type HistoryEvent,
  type Host,
  inProcessMapRuns,
  type JsonValue,
  parseDefinition,
  type TaskListener,
  type TaskRequest,
  VirtualClock,
} from '../../src';

export const START_MS = Date.parse('2026-01-01T00:00:00.000Z');

export const FUNCTION_ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:adder';

/** What a task does when it is run. */
export type Behaviour = (listener: TaskListener, request: TaskRequest, attempt: number) => void;

export interface World {
  readonly clock: VirtualClock;
  readonly host: Host;
  readonly requests: TaskRequest[];
  readonly cancelled: number[];
}

/** A host whose tokens, ids and random numbers can be told beforehand. Tasks report from a microtask. */
export function world(behaviour: Behaviour = () => undefined): World {
  const clock = new VirtualClock(START_MS);
  const requests: TaskRequest[] = [];
  const cancelled: number[] = [];
  let tokens = 0;
  let ids = 0;
  const host: Host = {
    clock,
    tasks: {
      run: (request, listener) => {
        const index = requests.push(request) - 1;
        queueMicrotask(() => behaviour(listener, request, index));
        return { cancel: () => cancelled.push(index) };
      },
    },
    random: () => 0.5,
    newTaskToken: () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    uuid: () => {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
    },
  };
  return { clock, host: { ...host, mapRuns: inProcessMapRuns(host, CONTEXT) }, requests, cancelled };
}

export const CONTEXT: ExecutionOptions['context'] = {
  execution: {
    id: 'arn:aws:states:eu-west-1:123456789012:execution:machine:run',
    name: 'run',
    roleArn: 'arn:aws:iam::123456789012:role/machine',
    startTime: '2026-01-01T00:00:00.000Z',
  },
  stateMachine: { id: 'arn:aws:states:eu-west-1:123456789012:stateMachine:machine', name: 'machine' },
};

export function start(
  definition: object,
  input: JsonValue,
  { host }: World,
  more: Partial<ExecutionOptions> = {},
): Execution {
  const execution = new Execution({
    program: parseDefinition(JSON.stringify(definition)),
    input: JSON.stringify(input),
    host,
    context: CONTEXT,
    ...more,
  });
  execution.start();
  return execution;
}

/** Runs an execution until nothing is left to wait for. */
export async function run(definition: object, input: JsonValue = {}, place: World = world()): Promise<Execution> {
  const execution = start(definition, input, place);
  await place.clock.runUntilIdle();
  return execution;
}

/** Runs a machine of one state, and gives its output. */
export async function outputOf(state: object, input: JsonValue = {}, behaviour?: Behaviour): Promise<JsonValue> {
  const execution = await run(only(state), input, world(behaviour));
  if (execution.output === undefined) {
    throw new Error(`${execution.status}: ${execution.error} ${execution.cause}`);
  }
  return JSON.parse(execution.output) as JsonValue;
}

/** Runs a machine of one state that fails, and says how. */
export async function failureOf(state: object, input: JsonValue = {}, behaviour?: Behaviour): Promise<string> {
  const execution = await run(only(state), input, world(behaviour));
  return `${execution.error}: ${execution.cause}`;
}

export function only(state: object): object {
  return {
    StartAt: 'S',
    States: {
      S: { ...('Type' in state && state.Type !== 'Succeed' && state.Type !== 'Fail' ? { End: true } : {}), ...state },
    },
  };
}

/** `id<previous Type`, the skeleton of a history. */
export function skeleton(history: readonly HistoryEvent[]): string[] {
  return history.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`);
}
