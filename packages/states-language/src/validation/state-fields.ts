import type { QueryLanguage } from '../document/query-language';
import type { StateType } from '../document/state-machine';
import { MAX_SECONDS } from '../limits';
import {
  anything,
  assign,
  boolean,
  computedString,
  expressionOr,
  type FieldCheck,
  flowPath,
  number,
  object,
  oneOf,
  path,
  pathOrIntrinsic,
  resultPath,
  string,
  template,
  timestamp,
} from './fields';
import { itemReader, resultWriter } from './map-data';

type Fields = Readonly<Record<string, FieldCheck>>;

const EVERY: Fields = { Type: anything, Comment: string, QueryLanguage: oneOf('JSONPath', 'JSONata') };
const TRANSITION: Fields = { Next: string, End: boolean };
/** Checked as lists by the validator itself. */
const RETRY_AND_CATCH: Fields = { Retry: anything, Catch: anything };
const INPUT_OUTPUT: Fields = { InputPath: flowPath, OutputPath: flowPath };
const RESULT: Fields = { ResultPath: resultPath, ResultSelector: template };
const OUTPUT: Fields = { Output: template };
const seconds = number(1, MAX_SECONDS);
const concurrency = number(0, MAX_SECONDS);

const SHARED: Readonly<Record<StateType, Fields>> = {
  Pass: { ...TRANSITION, Assign: assign },
  Task: {
    ...TRANSITION,
    ...RETRY_AND_CATCH,
    Assign: assign,
    Resource: string,
    TimeoutSeconds: seconds,
    HeartbeatSeconds: seconds,
    Credentials: template,
  },
  Choice: { Choices: anything, Default: string, Assign: assign },
  Wait: { ...TRANSITION, Assign: assign, Seconds: number(0, MAX_SECONDS), Timestamp: timestamp },
  Succeed: {},
  Fail: { Error: computedString, Cause: computedString },
  Parallel: { ...TRANSITION, ...RETRY_AND_CATCH, Assign: assign, Branches: anything },
  Map: {
    ...TRANSITION,
    ...RETRY_AND_CATCH,
    Assign: assign,
    ItemProcessor: object,
    Iterator: object,
    ItemSelector: template,
    ItemBatcher: object,
    ItemReader: itemReader,
    ResultWriter: resultWriter,
    Label: string,
    MaxConcurrency: concurrency,
    ToleratedFailureCount: number(0, Number.MAX_SAFE_INTEGER),
    ToleratedFailurePercentage: number(0, 100, 'decimal'),
  },
};

const JSON_PATH: Readonly<Record<StateType, Fields>> = {
  Pass: { ...INPUT_OUTPUT, ResultPath: resultPath, Parameters: template, Result: anything },
  Task: { ...INPUT_OUTPUT, ...RESULT, Parameters: template, TimeoutSecondsPath: path, HeartbeatSecondsPath: path },
  Choice: INPUT_OUTPUT,
  Wait: { ...INPUT_OUTPUT, SecondsPath: path, TimestampPath: path },
  Succeed: INPUT_OUTPUT,
  Fail: { ErrorPath: pathOrIntrinsic, CausePath: pathOrIntrinsic },
  Parallel: { ...INPUT_OUTPUT, ...RESULT, Parameters: template },
  Map: {
    ...INPUT_OUTPUT,
    ...RESULT,
    Parameters: template,
    ItemsPath: path,
    MaxConcurrencyPath: path,
    ToleratedFailureCountPath: path,
    ToleratedFailurePercentagePath: path,
  },
};

const JSONATA: Readonly<Record<StateType, Fields>> = {
  Pass: OUTPUT,
  Task: { ...OUTPUT, Arguments: template },
  Choice: OUTPUT,
  Wait: OUTPUT,
  Succeed: OUTPUT,
  Fail: {},
  Parallel: { ...OUTPUT, Arguments: template },
  Map: { ...OUTPUT, Items: expressionOr('Array', (value) => typeof value === 'object' && value !== null) },
};

export const STATE_TYPES = Object.keys(SHARED) as StateType[];

export function isStateType(value: unknown): value is StateType {
  return typeof value === 'string' && Object.hasOwn(SHARED, value);
}

/** The fields that a state of this type may have in this language, each with its check. */
export function fieldsOf(type: StateType, language: QueryLanguage): Fields {
  return { ...EVERY, ...SHARED[type], ...(language === 'JSONata' ? JSONATA : JSON_PATH)[type] };
}

/** Whether a field would be known if the state were written in the other language. */
export function isFieldOfOtherLanguage(type: StateType, language: QueryLanguage, field: string): boolean {
  return Object.hasOwn((language === 'JSONata' ? JSON_PATH : JSONATA)[type], field);
}

/** Groups of fields of which a state may have only one. */
export const EXCLUSIVE: Readonly<Partial<Record<StateType, readonly (readonly string[])[]>>> = {
  Task: [
    ['TimeoutSeconds', 'TimeoutSecondsPath'],
    ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
  ],
  Fail: [
    ['Error', 'ErrorPath'],
    ['Cause', 'CausePath'],
  ],
  Map: [
    ['ItemProcessor', 'Iterator'],
    ['ItemSelector', 'Parameters'],
    ['MaxConcurrency', 'MaxConcurrencyPath'],
    ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
    ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
  ],
};

/** Groups of fields of which a state must have exactly one. */
export const EXACTLY_ONE: Readonly<Partial<Record<StateType, readonly string[]>>> = {
  Wait: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
};

/** Fields that a state must have. */
export const REQUIRED: Readonly<Partial<Record<StateType, readonly string[]>>> = {
  Task: ['Resource'],
  Choice: ['Choices'],
  Parallel: ['Branches'],
};
