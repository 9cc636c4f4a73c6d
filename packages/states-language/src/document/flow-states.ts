import type { AssignField, CommonFields, OutputField, PathFields, ResultPathField, Transition } from './common';
import type { Computed, Template } from './template';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html */
export type JsonataPassState = CommonFields & AssignField & OutputField & Transition & { readonly Type: 'Pass' };

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-pass.html */
export type JsonPathPassState = CommonFields &
  AssignField &
  PathFields &
  ResultPathField &
  Transition & {
    readonly Type: 'Pass';
    readonly Parameters?: Template;
    readonly Result?: Template;
  };

/** Exactly one of the fields of `Forms`. */
type ExactlyOne<Forms> = {
  [Form in keyof Forms]: { readonly [F in Form]: Forms[F] } & { readonly [F in Exclude<keyof Forms, Form>]?: never };
}[keyof Forms];

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export type JsonataWaitState = CommonFields &
  AssignField &
  OutputField &
  Transition & { readonly Type: 'Wait' } & ExactlyOne<{ Seconds: Computed<number>; Timestamp: string }>;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
export type JsonPathWaitState = CommonFields &
  AssignField &
  PathFields &
  Transition & { readonly Type: 'Wait' } & ExactlyOne<{
    Seconds: number;
    SecondsPath: string;
    Timestamp: string;
    TimestampPath: string;
  }>;

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html */
export interface JsonataSucceedState extends CommonFields, OutputField {
  readonly Type: 'Succeed';
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-succeed.html */
export interface JsonPathSucceedState extends CommonFields, PathFields {
  readonly Type: 'Succeed';
}

interface FailFields extends CommonFields {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly Cause?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
export interface JsonataFailState extends FailFields {}

/** `ErrorPath` and `CausePath` take a path or an intrinsic function. @see https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
export interface JsonPathFailState extends FailFields {
  readonly ErrorPath?: string;
  readonly CausePath?: string;
}
