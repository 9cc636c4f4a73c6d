import { createHash } from 'node:crypto';
import {
  type Definition,
  Execution,
  type ExecutionContext,
  type Host,
  inProcessMapRuns,
  type JsonValue,
  parseDefinition,
  type TaskListener,
  type TaskRequest,
  VirtualClock,
} from '@workflows/states-language';

/** What becomes of a Task state: an output, an error, or nothing until its timeout. */
export type TaskOutcome =
  | { readonly output: JsonValue }
  | { readonly error: string; readonly cause?: string }
  | { readonly silent: true };

/** One attempt at a Task state, as the service would see it. */
export interface TaskCall {
  /** ARN of the integration, such as `arn:aws:states:::lambda:invoke`. */
  readonly resource: string;
  readonly arguments: JsonValue;
}

export interface RunOptions {
  /** @default {} */
  readonly input?: JsonValue;
  /** Answers Task states, attempt by attempt. @default - a definition without Task states */
  readonly onTask?: (call: TaskCall) => TaskOutcome;
  /** Name of the execution. @default 'test' */
  readonly name?: string;
  /** Times the execution was redriven before. @default 0 */
  readonly redriveCount?: number;
}

export interface RunResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'RUNNING';
  readonly output?: JsonValue;
  readonly error?: string;
  readonly cause?: string;
  /** Names of the states in the order in which they were entered. */
  readonly entered: readonly string[];
  /** Every attempt at a Task state. */
  readonly calls: readonly TaskCall[];
  /** Seconds that the execution lasted, of virtual time. */
  readonly seconds: number;
}

const START_MS = Date.UTC(2026, 0, 1);

/**
 * Runs a definition on the interpreter with a virtual clock: a year's wait takes milliseconds. For tests.
 *
 * @example
 * const { status, output } = await runDefinition(definition, {
 *   input: { count: 3 },
 *   onTask: ({ arguments: args }) => ({ output: { Payload: [1, 1, 2] } }),
 * });
 */
export async function runDefinition(definition: Definition, options: RunOptions = {}): Promise<RunResult> {
  const clock = new VirtualClock(START_MS);
  const calls: TaskCall[] = [];
  const name = options.name ?? 'test';
  let tokens = 0;

  const run = (request: TaskRequest, listener: TaskListener) => {
    const call = { resource: request.resource.arn, arguments: request.arguments };
    calls.push(call);
    const outcome = options.onTask?.(call) ?? { error: 'NoTaskExpected', cause: call.resource };
    const cancel = clock.schedule(clock.now(), () => report(listener, request, outcome));
    return { cancel };
  };
  const host: Host = {
    clock,
    tasks: { run },
    random: () => 0.5,
    newTaskToken: () => `token-${++tokens}`,
    uuid: () => createHash('md5').update(`${++tokens}`).digest('hex'),
  };
  const context: ExecutionContext = {
    execution: {
      id: `arn:aws:states:us-east-1:123456789012:execution:machine:${name}`,
      name,
      roleArn: 'arn:aws:iam::123456789012:role/machine',
      startTime: new Date(START_MS).toISOString(),
      ...(options.redriveCount === undefined ? {} : { redriveCount: options.redriveCount }),
    },
    stateMachine: { id: 'arn:aws:states:us-east-1:123456789012:stateMachine:machine', name: 'machine' },
  };
  const execution = new Execution({
    program: parseDefinition(JSON.stringify(definition)),
    input: JSON.stringify(options.input === undefined ? {} : options.input),
    host: { ...host, mapRuns: inProcessMapRuns(host, context) },
    context,
  });
  execution.start();
  await clock.runUntilIdle();
  const { status, output, error, cause, history } = execution;
  return {
    status,
    ...(output === undefined ? {} : { output: JSON.parse(output) as JsonValue }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    entered: history.flatMap((event) => event.stateEnteredEventDetails?.name ?? []),
    calls,
    seconds: ((execution.stopDateMs ?? clock.now()) - START_MS) / 1000,
  };
}

function report(listener: TaskListener, request: TaskRequest, outcome: TaskOutcome): void {
  listener.started();
  if (request.resource.pattern !== 'REQUEST_RESPONSE') {
    listener.submitted({});
  }
  if ('output' in outcome) {
    listener.succeeded(outcome.output);
  } else if ('error' in outcome) {
    listener.failed(outcome.error, outcome.cause ?? '');
  }
}
