import type { JsonValue, TaskRunner } from './host';

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
  /** JSON text of a context object. */
  readonly context?: string;
  /** @default 'INFO' */
  readonly inspectionLevel?: InspectionLevel;
  /** Stands in for the task: its result as JSON text, or an error. */
  readonly mock?: {
    readonly result?: string;
    readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  };
  readonly stateConfiguration?: {
    readonly retrierRetryCount?: number;
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
  readonly inspectionData?: Readonly<Record<string, JsonValue>>;
}

/**
 * Runs one state by itself.
 *
 * @throws {@link InvalidDefinitionError} for a state that is not valid, {@link InvalidPayloadError} for JSON that is not.
 */
export function testState(_options: TestStateOptions): Promise<TestStateResult> {
  throw new Error('not built yet');
}
