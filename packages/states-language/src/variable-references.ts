import type { QueryLanguage } from './document/query-language';
import { expressionSource, isExpression } from './document/template';
import { STATE_HOLDING_FIELDS, statesOf } from './document/walk';
import { type IntrinsicCall, parseIntrinsic } from './intrinsics/parse-intrinsic';
import { freeVariables } from './jsonata/free-variables';
import { parsePath } from './jsonpath/parse-path';
import type { Path } from './jsonpath/path';
import type { JsonValue } from './values/json';
import { isObject } from './values/json';

/** Fields whose value is a path, besides those whose names end in `Path` or `.$`. */
const PATH_FIELD = /(?:Path|\.\$)$|^Variable$/;

/**
 * The workflow variables that each state of a valid definition refers to, by the name of the state. States without any
 * are left out.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
 */
export function variableReferences(definition: string): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const { name, state, language } of statesOf(JSON.parse(definition))) {
    // States inside a state come by themselves.
    const own = Object.entries(state).filter(([field]) => !STATE_HOLDING_FIELDS.has(field));
    const names = new Set(own.flatMap(([field, value]) => namesIn(field, value, language)));
    if (names.size > 0) {
      found[name] = [...names].sort();
    }
  }
  return found;
}

function namesIn(field: string, value: JsonValue, language: QueryLanguage): string[] {
  if (typeof value === 'string') {
    if (language === 'JSONata') {
      return isExpression(value) ? freeVariables(expressionSource(value)) : [];
    }
    return PATH_FIELD.test(field) ? namesInSource(value) : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item) => namesIn('', item, language));
  }
  return isObject(value) ? Object.entries(value).flatMap(([key, inner]) => namesIn(key, inner, language)) : [];
}

function namesInSource(source: string): string[] {
  return source.startsWith('$') ? rootOf(parsePath(source)) : namesInCall(parseIntrinsic(source));
}

function namesInCall({ args }: IntrinsicCall): string[] {
  return args.flatMap((argument) => {
    if ('call' in argument) {
      return namesInCall(argument.call);
    }
    return 'path' in argument ? rootOf(argument.path) : [];
  });
}

function rootOf({ root }: Path): string[] {
  return root.kind === 'variable' ? [root.name] : [];
}
