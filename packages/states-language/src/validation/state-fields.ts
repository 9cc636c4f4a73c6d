import type { StateType } from '../document/state-machine';
import { MAX_SECONDS } from '../limits';
import { looksLikeSource } from './expressions';
import {
  anything,
  assign,
  boolean,
  computedString,
  expressionOr,
  flowPath,
  number,
  numberPath,
  oneOf,
  path,
  pathOrIntrinsic,
  resultPath,
  string,
  template,
  timestamp,
} from './fields';
import { credentials, itemBatcher, itemReader, resultWriter } from './map-data';
import type { FieldCheck, Fields, Shape } from './shape';

const EVERY: Fields = { Type: anything, Comment: string, QueryLanguage: oneOf('JSONPath', 'JSONata') };
const TRANSITION: Fields = { Next: string, End: boolean };
/** Checked as lists by the validator itself. */
const RETRY_AND_CATCH: Fields = { Retry: anything, Catch: anything };
const INPUT_OUTPUT: Fields = { InputPath: flowPath, OutputPath: flowPath };
const RESULT: Fields = { ResultPath: resultPath, ResultSelector: template };
const OUTPUT: Fields = { Output: template };
const seconds = number(1, MAX_SECONDS);

/** `Result` of a Pass state is passed on as it is. */
const result: FieldCheck = (value, location, report) => {
  if (JSON.stringify(value).includes('.$":') || looksLikeSource(value)) {
    report.warning(
      'PASS_RESULT_IS_STATIC',
      'The Result of a Pass state is passed on as it is: its paths and intrinsic functions are not evaluated. Use Parameters to evaluate them',
      location,
    );
  }
};

/** `Error` and `Cause` of a Fail state, which have forms that are paths. */
const textBesidePath: FieldCheck = (value, location, report, language) => {
  computedString(value, location, report, language);
  if (language === 'JSONPath' && looksLikeSource(value)) {
    const field = location.slice(location.lastIndexOf('/') + 1);
    report.warning(
      'NO_PATH',
      `The value of the field '${field}' looks like a path, but the name of the field does not end with 'Path', so it is taken as text. Use '${field}Path' to evaluate it`,
      location,
    );
  }
};

/** What states of each type may hold, and have to. @see https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html */
export const STATE_SHAPES: Readonly<Record<StateType, Shape>> = {
  Task: {
    fields: {
      ...EVERY,
      ...TRANSITION,
      ...RETRY_AND_CATCH,
      Assign: assign,
      Resource: string,
      TimeoutSeconds: seconds,
      HeartbeatSeconds: seconds,
      Credentials: credentials,
    },
    JSONPath: {
      ...INPUT_OUTPUT,
      ...RESULT,
      Parameters: template,
      TimeoutSecondsPath: path,
      HeartbeatSecondsPath: path,
    },
    JSONata: { ...OUTPUT, Arguments: template },
    required: ['Resource'],
    exclusive: [
      ['TimeoutSeconds', 'TimeoutSecondsPath'],
      ['HeartbeatSeconds', 'HeartbeatSecondsPath'],
    ],
  },
  Wait: {
    fields: { ...EVERY, ...TRANSITION, Assign: assign, Seconds: number(0, MAX_SECONDS), Timestamp: timestamp },
    JSONPath: { ...INPUT_OUTPUT, SecondsPath: path, TimestampPath: path },
    JSONata: OUTPUT,
    exactlyOne: [['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp']],
  },
  Pass: {
    fields: { ...EVERY, ...TRANSITION, Assign: assign },
    JSONPath: { ...INPUT_OUTPUT, ResultPath: resultPath, Parameters: template, Result: result },
    JSONata: OUTPUT,
  },
  Succeed: { fields: EVERY, JSONPath: INPUT_OUTPUT, JSONata: OUTPUT },
  Fail: {
    fields: { ...EVERY, Error: textBesidePath, Cause: textBesidePath },
    JSONPath: { ErrorPath: pathOrIntrinsic, CausePath: pathOrIntrinsic },
    exclusive: [
      ['Error', 'ErrorPath'],
      ['Cause', 'CausePath'],
    ],
  },
  Choice: {
    fields: { ...EVERY, Choices: anything, Default: string, Assign: assign },
    JSONPath: INPUT_OUTPUT,
    JSONata: OUTPUT,
    required: ['Choices'],
  },
  Parallel: {
    fields: { ...EVERY, ...TRANSITION, ...RETRY_AND_CATCH, Assign: assign, Branches: anything },
    JSONPath: { ...INPUT_OUTPUT, ...RESULT, Parameters: template },
    JSONata: { ...OUTPUT, Arguments: template },
    required: ['Branches'],
  },
  Map: {
    fields: {
      ...EVERY,
      ...TRANSITION,
      ...RETRY_AND_CATCH,
      Assign: assign,
      ItemProcessor: anything,
      Iterator: anything,
      ItemSelector: template,
      ItemBatcher: itemBatcher,
      ItemReader: itemReader,
      ResultWriter: resultWriter,
      Label: string,
      MaxConcurrency: number(0, Number.MAX_VALUE),
      ToleratedFailureCount: number(0, Number.MAX_VALUE),
      ToleratedFailurePercentage: number(0, 100, 'decimal'),
    },
    JSONPath: {
      ...INPUT_OUTPUT,
      ...RESULT,
      Parameters: template,
      ItemsPath: path,
      MaxConcurrencyPath: numberPath,
      ToleratedFailureCountPath: numberPath,
      ToleratedFailurePercentagePath: numberPath,
    },
    JSONata: { ...OUTPUT, Items: expressionOr('Array', (value) => typeof value === 'object' && value !== null) },
    exactlyOne: [['ItemProcessor', 'Iterator']],
    exclusive: [
      ['ItemSelector', 'Parameters'],
      ['MaxConcurrency', 'MaxConcurrencyPath'],
      ['ToleratedFailureCount', 'ToleratedFailureCountPath'],
      ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'],
    ],
  },
};

/** In AWS's order. */
export const STATE_TYPES: readonly StateType[] = [
  'Task',
  'Wait',
  'Pass',
  'Succeed',
  'Fail',
  'Choice',
  'Parallel',
  'Map',
];

export function isStateType(value: unknown): value is StateType {
  return typeof value === 'string' && Object.hasOwn(STATE_SHAPES, value);
}
