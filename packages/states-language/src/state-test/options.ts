import type { TaskRunner } from '../host';
import type { TaskResource } from '../integrations/task-resource';
import type { JsonObject, JsonValue } from '../values/json';

/** How much of a state's data flow `testState` reports. */
export type InspectionLevel = 'INFO' | 'DEBUG' | 'TRACE';

/** How a mocked result is compared with the API model of the service. */
export type FieldValidationMode = 'STRICT' | 'PRESENT' | 'NONE';

/** What stands in for a task, for branches or for iterations: their result as JSON text, or an error. */
export interface Mock {
  readonly result?: string;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  /** @default 'STRICT' */
  readonly fieldValidationMode?: FieldValidationMode;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export interface TestStateOptions {
  /** JSON text of one state, or of a state machine together with `stateName`. */
  readonly definition: string;
  /** The state to test, at any depth of the state machine. */
  readonly stateName?: string;
  /** JSON text. @default '{}' */
  readonly input?: string;
  /** JSON text of an object: variable name to value. */
  readonly variables?: string;
  /** JSON text of the whole context object. Only with a mock. */
  readonly context?: string;
  /** @default 'INFO' */
  readonly inspectionLevel?: InspectionLevel;
  /** Map and Parallel states, activities, `.sync` and `.waitForTaskToken` cannot be tested without. */
  readonly mock?: Mock;
  readonly stateConfiguration?: {
    /** Retries that the matching retrier has made already. @default `State.RetryCount` of the context object */
    readonly retrierRetryCount?: number;
    /** The state inside the Map or Parallel state that the mocked error comes from. */
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    /** What the `ItemReader` of a distributed Map reads: the object as it is stored. */
    readonly mapItemReaderData?: string;
  };
  readonly revealSecrets?: boolean;
  /** Carries out a Task state when there is no mock. */
  readonly tasks?: TaskRunner;
  readonly roleArn?: string;
  /** Where the test takes place, for the ARNs in the context object. */
  readonly location?: { readonly partition: string; readonly region: string; readonly accountId: string };
  /** Takes `mapItemReaderData` apart as `ReaderConfig` says. @default - it is JSON */
  readonly readItems?: (config: JsonObject, data: string) => JsonValue[] | JsonObject;
  /** What is wrong with a mocked result by the API model of its service. */
  readonly checkResult?: (
    resource: TaskResource,
    result: JsonValue,
    mode: Exclude<FieldValidationMode, 'NONE'>,
  ) => string | undefined;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionErrorDetails.html */
export interface InspectionErrorDetails {
  readonly catchIndex?: number;
  readonly retryIndex?: number;
  readonly retryBackoffIntervalSeconds?: number;
}

/** What each step of the data flow gave, as JSON text. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html */
export interface InspectionData {
  readonly input?: string;
  readonly afterInputPath?: string;
  readonly afterParameters?: string;
  readonly afterArguments?: string;
  readonly afterItemsPath?: string;
  readonly afterItemsPointer?: string;
  readonly afterItemSelector?: string;
  readonly afterItemBatcher?: string;
  readonly result?: string;
  readonly afterResultSelector?: string;
  readonly afterResultPath?: string;
  readonly variables?: string;
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
  readonly errorDetails?: InspectionErrorDetails;
}

export interface TestStateResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** For `DEBUG` and `TRACE`. */
  readonly inspectionData?: InspectionData;
}
