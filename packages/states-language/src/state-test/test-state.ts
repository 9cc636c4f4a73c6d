import { InvalidPayloadError } from '../errors';
import { StateFailure } from '../failures';
import { ActiveState, Branch } from '../runtime/branch';
import { FatalFailure } from '../runtime/fatal-failure';
import { Variables } from '../runtime/variables';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import { parsePayload } from '../values/payload';
import { checkRequest } from './checks';
import { parseContext } from './context-object';
import { Inspection } from './inspection';
import { type IsolatedState, isolate } from './isolated-state';
import type { InspectionData, TestStateOptions, TestStateResult } from './options';
import { parseReaderData } from './reader-data';
import { testExecution } from './test-execution';
import { mockedTask, realTask } from './tested-task';
import { TrialObserver, WouldRetry } from './trial-observer';
import { TrialRuntime } from './trial-runtime';

/**
 * Runs one state by itself.
 *
 * @throws {@link InvalidDefinitionError} for a definition that is not valid, {@link InvalidPayloadError} for an input
 * that is no JSON, {@link TestStateError} for what else AWS refuses.
 */
export async function testState(options: TestStateOptions): Promise<TestStateResult> {
  const isolated = isolate(options.definition, options.stateName);
  const { isIterated, state } = isolated;
  const result = checkRequest(isolated, options);
  const input = parsePayload(options.input ?? '{}', 'input');
  const variables = new Variables();
  variables.assign(parseVariables(options.variables));
  const inspection = new Inspection(state, result === undefined ? [input] : [input, result]);
  inspection.saw('input', input.value);
  const observer = observe(isolated, options, result?.value, inspection);
  const { context, mock, tasks } = options;
  const runtime = new TrialRuntime(
    observer,
    testExecution(options, Date.now()),
    input,
    mock === undefined && tasks !== undefined ? realTask(tasks) : mockedTask(result?.value, mock?.errorOutput),
  );
  const mapItem =
    isIterated && context === undefined ? { index: 0, value: input.value, source: 'STATE_DATA' } : undefined;
  const branch = new Branch(ALONE, input, variables, { lastEventId: 0, mapItem });
  const outcome = await run(runtime, observer, inspection, branch, new ActiveState(state, input, 0, runtime.nowMs));
  const isInspected = options.inspectionLevel !== undefined && options.inspectionLevel !== 'INFO';
  return isInspected ? { ...outcome, inspectionData: inspected(inspection, variables) } : outcome;
}

/** The tested state is not looked up: it is handed over. */
const ALONE = { startAt: '', states: new Map<string, never>() };

function observe(
  { fields, state }: IsolatedState,
  { context, mock, readItems, stateConfiguration = {} }: TestStateOptions,
  result: JsonValue | undefined,
  inspection: Inspection,
): TrialObserver {
  const given = context === undefined ? undefined : parseContext(context, state);
  const { mapItemReaderData, mapIterationFailureCount, retrierRetryCount } = stateConfiguration;
  const setup = {
    context: given,
    retriesMade: retrierRetryCount ?? retryCountOf(given),
    failedIterations: mapIterationFailureCount ?? 0,
    readerItems:
      mapItemReaderData === undefined || fields.ItemReader === undefined
        ? undefined
        : parseReaderData(mapItemReaderData, fields, readItems),
    hasReader: fields.ItemReader !== undefined,
    result,
    errorOutput: mock?.errorOutput,
  };
  return new TrialObserver(setup, inspection);
}

/** The guide has retries exhausted by the context object too. @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html */
function retryCountOf(context: JsonObject | undefined): number {
  const state = context?.State;
  return isObject(state) && typeof state.RetryCount === 'number' ? state.RetryCount : 0;
}

async function run(
  runtime: TrialRuntime,
  observer: TrialObserver,
  inspection: Inspection,
  branch: Branch,
  active: ActiveState,
): Promise<TestStateResult> {
  try {
    const { next, output } = await runtime.run(branch, active);
    const { caughtFailure } = observer;
    const reached = { output: inspection.textOf(output.value), ...(next === undefined ? {} : { nextState: next }) };
    return caughtFailure === undefined
      ? { status: 'SUCCEEDED', ...reached }
      : { status: 'CAUGHT_ERROR', ...reached, ...errorOf(caughtFailure) };
  } catch (thrown) {
    if (thrown instanceof WouldRetry) {
      return { status: 'RETRIABLE', ...errorOf(thrown.failure) };
    }
    if (thrown instanceof StateFailure || thrown instanceof FatalFailure) {
      return { status: 'FAILED', ...errorOf(thrown) };
    }
    throw thrown;
  }
}

function errorOf({ error, failureCause }: StateFailure | FatalFailure): { error?: string; cause?: string } {
  return {
    ...(error === undefined ? {} : { error }),
    ...(failureCause === undefined ? {} : { cause: failureCause }),
  };
}

function inspected(inspection: Inspection, variables: Variables): InspectionData {
  const names = [...new Set(variables.names())];
  return inspection.data(Object.fromEntries(names.map((name) => [name, variables.get(name) ?? null])));
}

/** @throws {@link InvalidPayloadError} */
function parseVariables(text = '{}'): JsonObject {
  const { value } = parsePayload(text, 'variables');
  if (!isObject(value)) {
    throw new InvalidPayloadError('The variables must be a JSON object');
  }
  return value;
}
