import type { Diagnostic, StateMachineType } from '../diagnostics';
import type { QueryLanguage } from '../document/query-language';
import type { JsonValue } from '../host';
import { MAX_DEFINITION_BYTES, MAX_SECONDS } from '../limits';
import { isObject } from '../values/json';
import { number, oneOf, string } from './fields';
import { checkMachine } from './machine';
import { Report } from './report';
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
  try {
    return JSON.parse(definition) as JsonValue;
  } catch (error) {
    report.error('INVALID_JSON_DESCRIPTION', (error as Error).message);
    return undefined;
  }
}

const TOP_LEVEL = ['Comment', 'Version', 'TimeoutSeconds', 'QueryLanguage', 'StartAt', 'States'];

function checkTopLevel(fields: JsonValue, type: StateMachineType, report: Report): void {
  if (!isObject(fields)) {
    report.error('INVALID_JSON_DESCRIPTION', 'The definition must be a JSON object');
    return;
  }
  for (const field of Object.keys(fields).filter((name) => !TOP_LEVEL.includes(name))) {
    report.unsupported(field, '/');
  }
  const { Comment, Version, TimeoutSeconds, QueryLanguage } = fields;
  if (Comment !== undefined) {
    string(Comment, '/Comment', report, 'JSONPath');
  }
  if (Version !== undefined) {
    oneOf('1.0')(Version, '/Version', report, 'JSONPath');
  }
  if (TimeoutSeconds !== undefined) {
    number(1, MAX_SECONDS)(TimeoutSeconds, '/TimeoutSeconds', report, 'JSONPath');
  }
  if (QueryLanguage !== undefined) {
    oneOf('JSONPath', 'JSONata')(QueryLanguage, '/QueryLanguage', report, 'JSONPath');
  }
  const language: QueryLanguage = QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const variables: ReadonlySet<string> = new Set();
  checkMachine(fields, '/', {
    type,
    language,
    wholeMachine: language,
    report,
    names: new Map(),
    variables,
    checkState,
  });
}
