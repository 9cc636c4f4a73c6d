/**
 * The execution history, in the shape that `GetExecutionHistory` returns it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */

/** Whether a payload in a history event was cut. This interpreter never cuts one. */
export interface HistoryDataDetails {
  readonly truncated: boolean;
}

/** `<Type>StateEntered` and `<Type>StateExited` carry the state's type in their name. */

import type { StateType } from './document/state-machine';

export type HistoryEventType =
  | `${StateType}StateEntered`
  | `${Exclude<StateType, 'Fail'>}StateExited`
  | 'ActivityFailed'
  | 'ActivityScheduled'
  | 'ActivityScheduleFailed'
  | 'ActivityStarted'
  | 'ActivitySucceeded'
  | 'ActivityTimedOut'
  | 'EvaluationFailed'
  | 'ExecutionAborted'
  | 'ExecutionFailed'
  | 'ExecutionRedriven'
  | 'ExecutionStarted'
  | 'ExecutionSucceeded'
  | 'ExecutionTimedOut'
  | 'LambdaFunctionFailed'
  | 'LambdaFunctionScheduled'
  | 'LambdaFunctionStartFailed'
  | 'LambdaFunctionStarted'
  | 'LambdaFunctionSucceeded'
  | 'LambdaFunctionTimedOut'
  | 'MapIterationAborted'
  | 'MapIterationFailed'
  | 'MapIterationStarted'
  | 'MapIterationSucceeded'
  | 'MapRunAborted'
  | 'MapRunFailed'
  | 'MapRunRedriven'
  | 'MapRunStarted'
  | 'MapRunSucceeded'
  | 'MapStateAborted'
  | 'MapStateFailed'
  | 'MapStateStarted'
  | 'MapStateSucceeded'
  | 'ParallelStateAborted'
  | 'ParallelStateFailed'
  | 'ParallelStateStarted'
  | 'ParallelStateSucceeded'
  | 'TaskFailed'
  | 'TaskScheduled'
  | 'TaskStartFailed'
  | 'TaskStarted'
  | 'TaskStateAborted'
  | 'TaskSubmitFailed'
  | 'TaskSubmitted'
  | 'TaskSucceeded'
  | 'TaskTimedOut'
  | 'WaitStateAborted';

export interface ErrorDetails {
  readonly error?: string;
  readonly cause?: string;
}

export interface StateEnteredEventDetails {
  readonly name: string;
  readonly input: string;
  readonly inputDetails: HistoryDataDetails;
}

export interface StateExitedEventDetails {
  readonly name: string;
  readonly output: string;
  readonly outputDetails: HistoryDataDetails;
  /** Variables that the state assigned: name to JSON text. */
  readonly assignedVariables?: Readonly<Record<string, string>>;
  readonly assignedVariablesDetails?: HistoryDataDetails;
}

export interface TaskIdentity {
  readonly resourceType: string;
  readonly resource: string;
}

export interface TaskScheduledEventDetails extends TaskIdentity {
  readonly region: string;
  readonly parameters: string;
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
  readonly taskCredentials?: { readonly roleArn: string };
}

export interface TaskOutputEventDetails extends TaskIdentity {
  readonly output?: string;
  readonly outputDetails?: HistoryDataDetails;
}

export interface TaskErrorEventDetails extends TaskIdentity, ErrorDetails {}

export interface MapIterationEventDetails {
  readonly name: string;
  readonly index: number;
}

/** One event. `timestamp` is in epoch milliseconds; the API divides it by 1000. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: HistoryEventType;
  readonly activityFailedEventDetails?: ErrorDetails;
  readonly activityScheduledEventDetails?: {
    readonly resource: string;
    readonly input: string;
    readonly inputDetails: HistoryDataDetails;
    readonly timeoutInSeconds?: number;
    readonly heartbeatInSeconds?: number;
  };
  readonly activityScheduleFailedEventDetails?: ErrorDetails;
  readonly activityStartedEventDetails?: { readonly workerName?: string };
  readonly activitySucceededEventDetails?: { readonly output: string; readonly outputDetails: HistoryDataDetails };
  readonly activityTimedOutEventDetails?: ErrorDetails;
  readonly evaluationFailedEventDetails?: {
    readonly error: string;
    readonly cause: string;
    readonly location?: string;
    readonly state: string;
  };
  readonly executionAbortedEventDetails?: ErrorDetails;
  readonly executionFailedEventDetails?: ErrorDetails;
  readonly executionRedrivenEventDetails?: { readonly redriveCount: number };
  readonly executionStartedEventDetails?: {
    readonly input: string;
    readonly inputDetails: HistoryDataDetails;
    readonly roleArn: string;
    readonly stateMachineVersionArn?: string;
    readonly stateMachineAliasArn?: string;
  };
  readonly executionSucceededEventDetails?: { readonly output: string; readonly outputDetails: HistoryDataDetails };
  readonly executionTimedOutEventDetails?: ErrorDetails;
  readonly lambdaFunctionFailedEventDetails?: ErrorDetails;
  readonly lambdaFunctionScheduledEventDetails?: {
    readonly resource: string;
    readonly input: string;
    readonly inputDetails: HistoryDataDetails;
    readonly timeoutInSeconds?: number;
    readonly taskCredentials?: { readonly roleArn: string };
  };
  readonly lambdaFunctionStartFailedEventDetails?: ErrorDetails;
  readonly lambdaFunctionSucceededEventDetails?: {
    readonly output: string;
    readonly outputDetails: HistoryDataDetails;
  };
  readonly lambdaFunctionTimedOutEventDetails?: ErrorDetails;
  readonly mapIterationAbortedEventDetails?: MapIterationEventDetails;
  readonly mapIterationFailedEventDetails?: MapIterationEventDetails;
  readonly mapIterationStartedEventDetails?: MapIterationEventDetails;
  readonly mapIterationSucceededEventDetails?: MapIterationEventDetails;
  readonly mapRunFailedEventDetails?: ErrorDetails;
  readonly mapRunRedrivenEventDetails?: { readonly mapRunArn: string; readonly redriveCount: number };
  readonly mapRunStartedEventDetails?: { readonly mapRunArn: string };
  readonly mapStateStartedEventDetails?: { readonly length: number };
  readonly stateEnteredEventDetails?: StateEnteredEventDetails;
  readonly stateExitedEventDetails?: StateExitedEventDetails;
  readonly taskFailedEventDetails?: TaskErrorEventDetails;
  readonly taskScheduledEventDetails?: TaskScheduledEventDetails;
  readonly taskStartFailedEventDetails?: TaskErrorEventDetails;
  readonly taskStartedEventDetails?: TaskIdentity;
  readonly taskSubmitFailedEventDetails?: TaskErrorEventDetails;
  readonly taskSubmittedEventDetails?: TaskOutputEventDetails;
  readonly taskSucceededEventDetails?: TaskOutputEventDetails;
  readonly taskTimedOutEventDetails?: TaskErrorEventDetails;
}
