import type {
  AssignField,
  CommonFields,
  ErrorHandling,
  JsonataCatcher,
  JsonPathCatcher,
  OutputField,
  PathFields,
  ResultFields,
  Transition,
} from './common';
import type { Computed, Template, TemplateObject } from './template';

interface TaskFields extends CommonFields, AssignField {
  readonly Type: 'Task';
  /** ARN of an integration, an activity or a Lambda function. */
  readonly Resource: string;
}

/**
 * A Task state in JSONata.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
 */
export type JsonataTaskState = TaskFields &
  OutputField &
  ErrorHandling<JsonataCatcher> &
  Transition & {
    readonly Arguments?: Template;
    /** The role that the task acts as. @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-access-cross-acct-resources.html */
    readonly Credentials?: { readonly RoleArn: string };
    /** Seconds, 1 to 99999999. */
    readonly TimeoutSeconds?: Computed<number>;
    /** Seconds, less than `TimeoutSeconds`. */
    readonly HeartbeatSeconds?: Computed<number>;
  };

/**
 * A Task state in JSONPath.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
 */
export type JsonPathTaskState = TaskFields &
  PathFields &
  ResultFields &
  ErrorHandling<JsonPathCatcher> &
  Transition & {
    readonly Parameters?: Template;
    /** `RoleArn`, or `RoleArn.$` with a path or an intrinsic function. */
    readonly Credentials?: TemplateObject;
    readonly TimeoutSeconds?: number;
    readonly TimeoutSecondsPath?: string;
    readonly HeartbeatSeconds?: number;
    readonly HeartbeatSecondsPath?: string;
  };
