import type { Diagnostic, StateMachineType } from '../diagnostics';
import { MAX_DEFINITION_BYTES, MAX_SECONDS } from '../limits';
import type { JsonValue } from '../values/json';
import { isObject } from '../values/json';
import { locateJsonError } from '../values/json-diagnosis';
import { number, oneOf, string } from './fields';
import { checkMachine } from './machine';
import { Report } from './report';
import { checkShape, type Shape } from './shape';
import { checkState } from './state';

/** All findings in a definition, in the order of its text. */
export function diagnose(definition: string, type: StateMachineType): Diagnostic[] {
  const report = new Report();
  const fields = parse(definition, report);
  if (fields !== undefined) {
    checkTopLevel(fields, type, report);
  }
  return report.diagnostics;
}

function parse(definition: string, report: Report): JsonValue | undefined {
  if (Buffer.byteLength(definition) > MAX_DEFINITION_BYTES) {
    report.error('INVALID_JSON_DESCRIPTION', `The definition is larger than ${MAX_DEFINITION_BYTES} bytes`);
    return undefined;
  }
  // Measured on AWS, as the words of the parser are: the place in the text is told twice.
  if (definition.trim() === '') {
    report.error('SCHEMA_VALIDATION_FAILED', NO_OBJECT);
    return undefined;
  }
  try {
    return JSON.parse(definition) as JsonValue;
  } catch {
    const { message, source } = locateJsonError(definition);
    report.error('INVALID_JSON_DESCRIPTION', `${message}\n at ${source}`, source);
    return undefined;
  }
}

const NO_OBJECT = 'Definition must be a valid JSON object';

/** AWS takes a time limit of 0 seconds for the whole state machine, which is none. */
const TOP_LEVEL: Shape = {
  fields: {
    Comment: string,
    Version: oneOf('1.0'),
    TimeoutSeconds: number(0, MAX_SECONDS),
    QueryLanguage: oneOf('JSONPath', 'JSONata'),
    StartAt: () => undefined,
    States: () => undefined,
  },
};

function checkTopLevel(fields: JsonValue, type: StateMachineType, report: Report): void {
  if (!isObject(fields)) {
    report.error('SCHEMA_VALIDATION_FAILED', NO_OBJECT);
    return;
  }
  checkShape(fields, TOP_LEVEL, '/', report, 'JSONPath');
  const { QueryLanguage = 'JSONPath' } = fields;
  const language = QueryLanguage === 'JSONPath' ? 'JSONPath' : 'JSONata';
  const variables: ReadonlySet<string> = new Set();
  checkMachine(fields, '/', {
    type,
    language,
    wholeMachine: language,
    report,
    names: new Set(),
    labels: new Set(),
    variables,
    checkState,
  });
}
