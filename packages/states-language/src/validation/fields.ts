import type { QueryLanguage } from '../document/query-language';
import { isExpression } from '../document/template';
import type { JsonValue } from '../host';
import { MAX_VARIABLE_NAME_LENGTH } from '../limits';
import { isObject, typeName } from '../values/json';
import { parseTimestamp } from '../values/timestamp';
import {
  checkExpressions,
  checkPath,
  checkReference,
  checkReferencePath,
  checkStringSource,
  checkTemplate,
} from './expressions';
import type { Report } from './report';

/** Checks one field's value; says what is wrong with it. */
export type FieldCheck = (value: JsonValue, location: string, report: Report, language: QueryLanguage) => void;

export const anything: FieldCheck = () => undefined;

function ofType(expected: string, matches: (value: JsonValue) => boolean): FieldCheck {
  return (value, location, report) => {
    if (!matches(value)) {
      report.schema(`Expected value of type ${expected}`, location);
    }
  };
}

export const string = ofType('String', (value) => typeof value === 'string');
export const boolean = ofType('Boolean', (value) => typeof value === 'boolean');
export const object = ofType('Object', isObject);

export function oneOf(...allowed: readonly string[]): FieldCheck {
  return (value, location, report) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      report.schema(`Value ${JSON.stringify(value)} is not one of [${allowed.join(', ')}]`, location);
    }
  };
}

/** A number within bounds, or in JSONata an expression. */
export function number(minimum: number, maximum: number, kind: 'integer' | 'decimal' = 'integer'): FieldCheck {
  return (value, location, report, language) => {
    if (language === 'JSONata' && isExpression(value)) {
      checkExpressions(value, location, report, language);
      return;
    }
    const fits = typeof value === 'number' && (kind === 'decimal' || Number.isInteger(value));
    if (!fits) {
      report.schema(`Expected value of type ${kind === 'integer' ? 'Integer' : 'Number'}`, location);
    } else if (value < minimum || value > maximum) {
      report.schema(`Value ${value} is not between ${minimum} and ${maximum}`, location);
    }
  };
}

/** `InputPath`, `OutputPath`: a path, or `null`. */
export const flowPath: FieldCheck = (value, location, report) => {
  if (value !== null) {
    checkPath(value, location, report);
  }
};

/** `SecondsPath` and the like. */
export const path: FieldCheck = (value, location, report) => checkReference(value, location, report);

/** `ResultPath`: a reference path, or `null`. */
export const resultPath: FieldCheck = (value, location, report) => {
  if (value !== null) {
    checkReferencePath(value, location, report);
  }
};

/** `ErrorPath`, `CausePath`: a path or an intrinsic function. */
export const pathOrIntrinsic: FieldCheck = (value, location, report) => {
  checkStringSource(value, location.slice(location.lastIndexOf('/') + 1), location, report);
};

/** `Parameters` and the like: any JSON with `.$` fields, or with expressions. */
export const template: FieldCheck = (value, location, report, language) => {
  if (language === 'JSONata') {
    checkExpressions(value, location, report, language);
  } else {
    checkTemplate(value, location, report);
  }
};

/** A string that a JSONata state may compute. */
export const computedString: FieldCheck = (value, location, report, language) => {
  string(value, location, report, language);
  checkExpressions(value, location, report, language);
};

export const timestamp: FieldCheck = (value, location, report, language) => {
  if (language === 'JSONata' && isExpression(value)) {
    checkExpressions(value, location, report, language);
  } else if (typeof value !== 'string' || parseTimestamp(value) === undefined) {
    report.schema(`Value ${JSON.stringify(value)} is not a valid ISO-8601 extended offset date-time`, location);
  }
};

/** A JSONata expression, or a literal of the type that it has to give. */
export function expressionOr(expected: string, matches: (value: JsonValue) => boolean): FieldCheck {
  return (value, location, report, language) => {
    if (!isExpression(value) && !matches(value)) {
      report.schema(
        `Expected a JSONata expression or a value of type ${expected} but was: ${typeName(value)}`,
        location,
      );
    }
    checkExpressions(value, location, report, language);
  };
}

const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** `Assign`: an object of variable name to value. */
export const assign: FieldCheck = (value, location, report, language) => {
  if (!isObject(value)) {
    report.schema('Expected value of type Object', location);
    return;
  }
  for (const key of Object.keys(value)) {
    const name = language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;
    if (name === 'states' || name.length > MAX_VARIABLE_NAME_LENGTH || !VARIABLE_NAME.test(name)) {
      report.schema(
        `'${name}' is not a valid variable name: a letter or underscore first, then letters, digits and underscores, at most ${MAX_VARIABLE_NAME_LENGTH} characters, and not the reserved 'states'`,
        `${location}/${key}`,
      );
    }
  }
  template(value, location, report, language);
};
