import { isExpression } from '../document/template';
import { MAX_VARIABLE_NAME_LENGTH } from '../limits';
import type { JsonValue } from '../values/json';
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
import type { FieldCheck } from './shape';

export const anything: FieldCheck = () => undefined;

function ofType(expected: string, matches: (value: JsonValue) => boolean): FieldCheck {
  return (value, location, report) => {
    if (!matches(value)) {
      report.schema(`Expected value of type [${expected}]`, location);
    }
  };
}

export const string = ofType('STRING', (value) => typeof value === 'string');
export const boolean = ofType('BOOLEAN', (value) => typeof value === 'boolean');

export function oneOf(...allowed: readonly string[]): FieldCheck {
  return (value, location, report, language) => {
    if (typeof value !== 'string') {
      string(value, location, report, language);
    } else if (!allowed.includes(value)) {
      report.schema(`Value should be one of the following: [${allowed.join(', ')}]`, location);
    }
  };
}

/** An array with something in it. */
export function nonEmptyArray(item: FieldCheck): FieldCheck {
  return (value, location, report, language) => {
    if (!Array.isArray(value)) {
      report.schema('Expected value of type [ARRAY]', location);
    } else if (value.length === 0) {
      report.schema('Value cannot be empty', location);
    } else {
      value.forEach((it, index) => {
        item(it, `${location}[${index}]`, report, language);
      });
    }
  };
}

/** A number within bounds, or in JSONata an expression. */
export function number(minimum: number, maximum: number, kind: 'integer' | 'decimal' = 'integer'): FieldCheck {
  const shown = (bound: number) => (kind === 'decimal' && Number.isInteger(bound) ? bound.toFixed(1) : bound);
  return (value, location, report, language) => {
    if (language === 'JSONata' && isExpression(value)) {
      checkExpressions(value, location, report, language);
      return;
    }
    const fits = typeof value === 'number' && (kind === 'decimal' || Number.isInteger(value));
    if (!fits) {
      report.schema(`Expected value of type ${kind === 'integer' ? 'Integer' : 'Number'}`, location);
    } else if (value < minimum) {
      report.schema(`Minimum value is ${shown(minimum)}`, location);
    } else if (value > maximum) {
      report.schema(`Maximum value is ${shown(maximum)}`, location);
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

/** `MaxConcurrencyPath` and the like: a path to one place, which is not in the Context object. */
export const numberPath: FieldCheck = (value, location, report) =>
  checkReferencePath(value, location, report, ['input', 'variable']);

/** `ResultPath`: a reference path, or `null`. */
export const resultPath: FieldCheck = (value, location, report) => {
  if (value !== null) {
    checkReferencePath(value, location, report, ['input']);
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
  } else if (typeof value !== 'string') {
    string(value, location, report, language);
  } else if (parseTimestamp(value) === undefined) {
    report.schema('String does not match RFC3339 timestamp', location);
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
    report.schema('Expected value of type [OBJECT]', location);
    return;
  }
  for (const key of Object.keys(value)) {
    const name = language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;
    const at = `${location}/${key}`;
    if (name === 'states') {
      report.error('RESERVED_VARIABLE_NAME', "Cannot assign to reserved variable '$states'.", at);
    } else if (name.length > MAX_VARIABLE_NAME_LENGTH) {
      const problem = `the variable name exceeds the ${MAX_VARIABLE_NAME_LENGTH}-character limit.`;
      report.error('INVALID_VARIABLE_NAME', `Invalid variable name '${name}': ${problem}`, at);
    } else if (!VARIABLE_NAME.test(name)) {
      const problem = 'the variable name contains invalid characters.';
      report.error('INVALID_VARIABLE_NAME', `Invalid variable name '${name}': ${problem}`, at);
    }
  }
  template(value, location, report, language);
};
