import type { StateType } from '../document/state-machine';
import { expressionSource, isExpression } from '../document/template';
import { STATE_HOLDING_FIELDS } from '../document/walk';
import { parseExpression } from '../jsonata/expression';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import { eachText } from './each-text';
import type { Report } from './report';

/** The fields of `$states` that are there in some places only. */
type Restricted = 'result' | 'errorOutput';

const RESTRICTED: ReadonlySet<unknown> = new Set<Restricted>(['result', 'errorOutput']);
const WITH_RESULT: ReadonlySet<StateType> = new Set(['Map', 'Parallel', 'Task']);
/** Where data leaves a state. */
const OUTGOING: readonly string[] = ['Assign', 'Output'];

/**
 * `$states.result` is there once a state has a result, `$states.errorOutput` once an error was caught. AWS catches their
 * use in other fields and states when a state machine is created.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#reserved-variable-states
 */
export function checkReservedVariable(state: JsonObject, type: StateType, location: string, report: Report): void {
  for (const [field, value] of Object.entries(state)) {
    const at = `${location}/${field}`;
    if (field === 'Catch' && Array.isArray(value)) {
      value.forEach((catcher, index) => {
        checkCatcher(catcher, `${at}[${index}]`, report);
      });
    } else if (!STATE_HOLDING_FIELDS.has(field)) {
      // States inside a state are checked by themselves.
      const available = WITH_RESULT.has(type) && OUTGOING.includes(field) ? 'result' : undefined;
      checkValue(value, at, available, report);
    }
  }
}

function checkCatcher(catcher: JsonValue, location: string, report: Report): void {
  for (const [field, value] of isObject(catcher) ? Object.entries(catcher) : []) {
    checkValue(value, `${location}/${field}`, OUTGOING.includes(field) ? 'errorOutput' : undefined, report);
  }
}

function checkValue(value: JsonValue, location: string, available: Restricted | undefined, report: Report): void {
  eachText(value, location, (text, at) => {
    const used = isExpression(text) ? restrictedFieldsOf(expressionSource(text)) : [];
    for (const field of used) {
      if (field !== available) {
        report.error('UNSUPPORTED_JSONATA_EXPRESSION', `Field '$states.${field}' does not exist.`, at);
      }
    }
  });
}

function restrictedFieldsOf(source: string): ReadonlySet<Restricted> {
  const found = new Set<Restricted>();
  if (/\b(?:result|errorOutput)\b/.test(source)) {
    try {
      collect(parseExpression(source).ast(), found);
    } catch {
      // Reported where expressions are checked for their syntax.
    }
  }
  return found;
}

interface Step {
  readonly type?: unknown;
  readonly value?: unknown;
}

/** Walks everything that the parser made of an expression. */
function collect(node: unknown, found: Set<Restricted>): void {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  const { steps } = node as { readonly steps?: readonly Step[] };
  const [root, field] = Array.isArray(steps) ? steps : [];
  if (root?.type === 'variable' && root.value === 'states' && field?.type === 'name' && RESTRICTED.has(field.value)) {
    found.add(field.value as Restricted);
  }
  for (const child of Object.values(node)) {
    collect(child, found);
  }
}
