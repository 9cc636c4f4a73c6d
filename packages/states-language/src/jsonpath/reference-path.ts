import { ErrorName, FieldError } from '../failures';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject, property, setProperty } from '../values/json';
import type { Path } from './path';

/**
 * `ResultPath`: a copy of `input` in which the reference path holds `result`. Objects on the way are created; only what
 * lies on the way is copied.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultpath.html
 */
export function placeAt(path: Path, input: JsonValue, result: JsonValue): JsonValue {
  const placed = placeBelow(path, 0, input, result);
  if (placed === undefined) {
    throw new FieldError(
      ErrorName.REFERENCE_PATH_CONFLICT,
      `Unable to apply ReferencePath ${path.text} to input ${JSON.stringify(input)}`,
    );
  }
  return placed;
}

/** `undefined` where the input is of another kind than the path needs. */
function placeBelow(path: Path, depth: number, input: JsonValue, result: JsonValue): JsonValue | undefined {
  const segment = path.segments[depth];
  if (segment === undefined) {
    return result;
  }
  if (segment.kind === 'index') {
    const item = Array.isArray(input) ? input[segment.index] : undefined;
    if (!Array.isArray(input) || item === undefined) {
      return undefined;
    }
    const placed = placeBelow(path, depth + 1, item, result);
    return placed === undefined ? undefined : input.with(segment.index, placed);
  }
  if (segment.kind !== 'name' || !(isObject(input) || (depth > 0 && input === null))) {
    return undefined;
  }
  const placed = placeBelow(path, depth + 1, property(input ?? {}, segment.name) ?? {}, result);
  if (placed === undefined) {
    return undefined;
  }
  const copy: JsonObject = { ...input };
  setProperty(copy, segment.name, placed);
  return copy;
}
