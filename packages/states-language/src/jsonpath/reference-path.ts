import { ErrorName, FieldError } from '../failures';
import type { JsonValue } from '../host';
import { isObject, type JsonObject, property, setProperty } from '../values/json';
import type { Path } from './path';

/**
 * `ResultPath`: a copy of `input` in which the reference path holds `result`. Objects on the way are created; only what
 * lies on the way is copied.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html
 */
export function placeAt(path: Path, input: JsonValue, result: JsonValue, depth = 0): JsonValue {
  const segment = path.segments[depth];
  if (segment === undefined) {
    return result;
  }
  if (segment.kind === 'index') {
    const item = Array.isArray(input) ? input[segment.index] : undefined;
    if (!Array.isArray(input) || item === undefined) {
      throw cannotApply(path, input);
    }
    return input.with(segment.index, placeAt(path, item, result, depth + 1));
  }
  if (segment.kind !== 'name' || !(isObject(input) || (depth > 0 && input === null))) {
    throw cannotApply(path, input);
  }
  const copy: JsonObject = { ...input };
  const inner = property(copy, segment.name) ?? {};
  setProperty(copy, segment.name, placeAt(path, inner, result, depth + 1));
  return copy;
}

function cannotApply(path: Path, input: JsonValue): FieldError {
  return new FieldError(
    ErrorName.RESULT_PATH_MATCH_FAILURE,
    `Unable to apply ReferencePath ${path.text} to input ${JSON.stringify(input)}`,
  );
}
