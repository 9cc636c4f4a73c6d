import { VirtualClock } from './clock';
import { InvalidPayloadError } from './errors';
import { Execution } from './execution';
import type { ErrorDetails, HistoryEvent } from './history';
import type { TaskRunner } from './host';
import type { State } from './program/program';
import { inspect } from './runtime/inspection';
import { isolate, parseObject } from './runtime/isolated-state';
import { mockRunner, refusingRunner } from './runtime/mock-runner';
import { isObject } from './values/json';

/** How much of a state's data flow `testState` reports. */
export type InspectionLevel = 'INFO' | 'DEBUG' | 'TRACE';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export interface TestStateOptions {
  /** JSON text of one state, or of a state machine together with `stateName`. */
  readonly definition: string;
  readonly stateName?: string;
  /** JSON text. @default '{}' */
  readonly input?: string;
  /** JSON text of an object: variable name to value. */
  readonly variables?: string;
  /** JSON text of an object whose fields stand in the context object. */
  readonly context?: string;
  /** @default 'INFO' */
  readonly inspectionLevel?: InspectionLevel;
  /** Stands in for the task, the branches or the iterations: their result as JSON text, or an error. */
  readonly mock?: {
    readonly result?: string;
    readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  };
  readonly stateConfiguration?: {
    /** Retries that the matching retrier has made already. */
    readonly retrierRetryCount?: number;
    /** Not supported: a mock stands in for a whole Map or Parallel state. */
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    readonly mapItemReaderData?: string;
  };
  /** Carries out a Task state when there is no mock. */
  readonly tasks?: TaskRunner;
  readonly roleArn?: string;
}

export interface TestStateResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** For `DEBUG` and `TRACE`: JSON text of what each step of the data flow gave. */
  readonly inspectionData?: Readonly<Record<string, string>>;
}

const ACCOUNT = 'arn:aws:states:us-east-1:123456789012';

/**
 * Runs one state by itself.
 *
 * @throws {@link InvalidDefinitionError} for a state that is not valid, {@link InvalidPayloadError} for JSON that is not.
 */
export async function testState(options: TestStateOptions): Promise<TestStateResult> {
  refuseUnsupported(options);
  const { name, program } = isolate(options);
  const state = program.machine.states.get(name) as State;
  const clock = new VirtualClock(Date.now());
  const variables = parseObject(options.variables, 'variables');
  const contextOverrides = parseObject(options.context, 'context');
  const execution = new Execution({
    program,
    input: options.input ?? '{}',
    host: {
      clock,
      tasks: options.mock === undefined ? (options.tasks ?? refusingRunner) : mockRunner(options.mock),
      random: Math.random,
      newTaskToken: () => crypto.randomUUID(),
      uuid: () => crypto.randomUUID(),
    },
    context: {
      execution: {
        id: `${ACCOUNT}:execution:test:test`,
        name: 'test',
        roleArn: options.roleArn ?? '',
        startTime: new Date(clock.now()).toISOString(),
      },
      stateMachine: { id: `${ACCOUNT}:stateMachine:test`, name: 'test' },
    },
    variables,
    contextOverrides,
  });
  execution.start();
  const retriesLeft = await runToEnd(execution, clock, state, options);
  const result = retriesLeft ? retriable(execution.history) : resultOf(execution, name);
  if (options.inspectionLevel === undefined || options.inspectionLevel === 'INFO') {
    return result;
  }
  return { ...result, inspectionData: await inspect(state, execution.history, variables, contextOverrides) };
}

function refuseUnsupported({ stateConfiguration = {} }: TestStateOptions): void {
  for (const field of ['errorCausedByState', 'mapIterationFailureCount', 'mapItemReaderData'] as const) {
    if (stateConfiguration[field] !== undefined) {
      throw new InvalidPayloadError(
        `stateConfiguration.${field} is not supported; supported is retrierRetryCount. Test the states inside a Map or Parallel one by one`,
      );
    }
  }
}

/** `true` when the state would be tried again. */
async function runToEnd(
  execution: Execution,
  clock: VirtualClock,
  state: State,
  options: TestStateOptions,
): Promise<boolean> {
  if (options.mock === undefined && options.tasks !== undefined && state.type !== 'Wait') {
    // A real task takes real time; what it fails with is looked at below as a mocked failure is.
    await Promise.race([execution.ended(), untilRetry(execution)]);
  }
  let retries = options.stateConfiguration?.retrierRetryCount ?? 0;
  await clock.advance(0);
  while (execution.status === 'RUNNING') {
    if (waitsForRetry(execution.history)) {
      if (retries === 0) {
        execution.stop();
        return true;
      }
      retries -= 1;
    }
    await clock.runNextTimer();
  }
  return false;
}

const FAILED_ATTEMPT =
  /^(?:Task|LambdaFunction)(?:Failed|TimedOut|StartFailed|SubmitFailed)$|^EvaluationFailed$|^MapIterationFailed$/;

function waitsForRetry(history: readonly HistoryEvent[]): boolean {
  return FAILED_ATTEMPT.test(history.at(-1)?.type ?? '');
}

async function untilRetry(execution: Execution): Promise<void> {
  const POLL_MS = 10;
  while (execution.status === 'RUNNING' && !waitsForRetry(execution.history)) {
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS);
    });
  }
}

function retriable(history: readonly HistoryEvent[]): TestStateResult {
  const failure = history.findLast(({ type }) => FAILED_ATTEMPT.test(type));
  const details: ErrorDetails = Object.values(failure ?? {}).find((value) => isObject(value)) ?? {};
  return { status: 'RETRIABLE', ...errorOf(details.error, details.cause) };
}

function resultOf({ cause, error, history, status }: Execution, name: string): TestStateResult {
  const exited = history.find((event) => event.stateExitedEventDetails?.name === name)?.stateExitedEventDetails;
  if (exited === undefined || status !== 'SUCCEEDED') {
    return { status: 'FAILED', ...errorOf(error, cause) };
  }
  const next = history.find((event) => (event.stateEnteredEventDetails?.name ?? name) !== name);
  const nextState = next?.stateEnteredEventDetails?.name;
  const failure = history.findLast(({ type }) => FAILED_ATTEMPT.test(type) || type.endsWith('StateFailed'));
  const output = { output: exited.output, ...(nextState === undefined ? {} : { nextState }) };
  const lastResult = history.findLast(({ type }) => type === 'TaskSucceeded' || type === 'LambdaFunctionSucceeded');
  if (failure === undefined || failure.id < (lastResult?.id ?? 0)) {
    return { status: 'SUCCEEDED', ...output };
  }
  const details: ErrorDetails = Object.values(failure).find((value) => isObject(value)) ?? {};
  return { status: 'CAUGHT_ERROR', ...output, ...errorOf(details.error, details.cause) };
}

function errorOf(error: string | undefined, cause: string | undefined): { error?: string; cause?: string } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
