import type { JsonValue } from './host';
import { type IntrinsicCall, parseIntrinsic } from './intrinsics/parse-intrinsic';
import { expressionSource, isExpression } from './jsonata/expression';
import { freeVariables } from './jsonata/free-variables';
import { parsePath } from './jsonpath/parse-path';
import type { Path } from './jsonpath/path';
import type { QueryLanguage } from './program/program';
import { isObject, type JsonObject } from './values/json';

/** Fields that hold machines, whose states are looked at by themselves. */
const HOLDS_STATES: ReadonlySet<string> = new Set(['Branches', 'ItemProcessor', 'Iterator']);

/** Fields whose value is a path, besides those whose names end in `Path` or `.$`. */
const PATH_FIELD = /(?:Path|\.\$)$|^Variable$/;

/**
 * The workflow variables that each state of a valid definition refers to, by the name of the state. States without any
 * are left out.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
 */
export function variableReferences(definition: string): Readonly<Record<string, readonly string[]>> {
  const machine = JSON.parse(definition) as JsonObject;
  const found = new Map<string, ReadonlySet<string>>();
  collectMachine(machine, machine.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath', found);
  return Object.fromEntries([...found].map(([state, names]) => [state, [...names].sort()]));
}

function collectMachine(
  machine: JsonValue | undefined,
  language: QueryLanguage,
  found: Map<string, ReadonlySet<string>>,
): void {
  const states = isObject(machine) && isObject(machine.States) ? machine.States : {};
  for (const [name, state] of Object.entries(states)) {
    if (isObject(state)) {
      collectState(name, state, language, found);
    }
  }
}

function collectState(
  name: string,
  state: JsonObject,
  inherited: QueryLanguage,
  found: Map<string, ReadonlySet<string>>,
): void {
  const language = state.QueryLanguage === 'JSONata' ? 'JSONata' : inherited;
  const own = Object.entries(state).filter(([field]) => !HOLDS_STATES.has(field));
  const names = new Set(own.flatMap(([field, value]) => namesIn(field, value, language)));
  if (names.size > 0) {
    found.set(name, names);
  }
  const branches = Array.isArray(state.Branches) ? state.Branches : [];
  for (const machine of [...branches, state.ItemProcessor ?? state.Iterator]) {
    collectMachine(machine, language, found);
  }
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
