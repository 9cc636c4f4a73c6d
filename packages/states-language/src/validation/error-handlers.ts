import { MAX_SECONDS } from '../limits';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import { assign, nonEmptyArray, number, oneOf, resultPath, string, template } from './fields';
import type { CheckContext } from './machine';
import type { Report } from './report';
import { checkShape, type Shape } from './shape';

const errorNames = nonEmptyArray(string);

/** AWS takes an interval of 0 seconds (measured: https://github.com/badmintoncryer/cdk-preflight, pf-sfn-asl-numeric-ranges). */
const RETRIER: Shape = {
  fields: {
    ErrorEquals: errorNames,
    Comment: string,
    IntervalSeconds: number(0, MAX_SECONDS),
    MaxAttempts: number(0, MAX_SECONDS),
    BackoffRate: number(1, Number.MAX_VALUE, 'decimal'),
    MaxDelaySeconds: number(1, 31_622_400),
    JitterStrategy: oneOf('NONE', 'FULL'),
  },
  required: ['ErrorEquals'],
};

const CATCHER: Shape = {
  fields: { ErrorEquals: errorNames, Comment: string, Next: string, Assign: assign },
  JSONPath: { ResultPath: resultPath },
  JSONata: { Output: template },
  required: ['ErrorEquals', 'Next'],
};

export function checkRetriers(list: JsonValue | undefined, location: string, context: CheckContext): void {
  checkList(list, location, context, RETRIER);
}

export function checkCatchers(list: JsonValue | undefined, location: string, context: CheckContext): void {
  checkList(list, location, context, CATCHER);
}

function checkList(
  list: JsonValue | undefined,
  location: string,
  { language, report }: CheckContext,
  shape: Shape,
): void {
  if (list === undefined) {
    return;
  }
  if (!Array.isArray(list)) {
    report.schema('Expected value of type [ARRAY]', location);
    return;
  }
  list.forEach((entry, index) => {
    const at = `${location}[${index}]`;
    if (!isObject(entry)) {
      report.schema('Expected value of type [OBJECT]', at);
      return;
    }
    checkShape(entry, shape, at, report, language);
    checkWildcard(entry, at, index === list.length - 1, report);
  });
}

/** `States.ALL` stands alone, in the last entry: what follows it would never be looked at. */
function checkWildcard(entry: JsonObject, location: string, last: boolean, report: Report): void {
  const { ErrorEquals: names } = entry;
  if (Array.isArray(names) && names.includes('States.ALL') && (names.length > 1 || !last)) {
    report.schema('States.ALL must appear alone and at end of list', `${location}/ErrorEquals`);
  }
}
