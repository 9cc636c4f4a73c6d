/** The task token in JSONata and in JSONPath. */
const JSONATA_TOKEN = /^\{%\s*\$states\.context\.Task\.Token\s*%\}$/;
const JSONPATH_TOKEN = '$$.Task.Token';
const JSONATA_FIELD = /['"]([^'"]+)['"]\s*:\s*\$states\.context\.Task\.Token/g;

/**
 * Names under which a state machine passes its task tokens on, read from its definition: in any state machine, not only
 * where the field is called `taskToken`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export function tokenFieldsOf(definition: unknown): Set<string> {
  const fields = new Set<string>();
  collect(definition, fields);
  return fields;
}

function collect(value: unknown, fields: Set<string>): void {
  if (value === null || typeof value !== 'object') {
    return;
  }
  for (const [name, held] of Object.entries(value)) {
    if (typeof held !== 'string') {
      collect(held, fields);
    } else {
      for (const field of fieldsIn(name, held)) {
        fields.add(field);
      }
    }
  }
}

function fieldsIn(name: string, expression: string): string[] {
  if (JSONATA_TOKEN.test(expression)) {
    return [name];
  }
  if (name.endsWith('.$') && expression === JSONPATH_TOKEN) {
    return [name.slice(0, -2)];
  }
  return [...expression.matchAll(JSONATA_FIELD)].flatMap((match) => match[1] ?? []);
}
