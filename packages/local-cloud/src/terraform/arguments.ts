/** Building blocks of the argument schemas of resource types. A strict schema is what makes an unknown argument an error. */
import * as v from 'valibot';

export const text = v.string();
export const flag = v.boolean();
/** Terraform turns digits into a number where it needs one. */
export const number = v.union([v.number(), v.pipe(v.string(), v.decimal(), v.transform(Number))]);
export const tags = v.record(v.string(), v.string());
/** Accepted whatever it holds. */
export const anything = v.unknown();

/** A block that may occur once: an object, or a list of one. */
export function block<T extends v.ObjectEntries>(entries: T) {
  const schema = v.strictObject(entries);
  return v.union([
    schema,
    v.pipe(
      v.tuple([schema]),
      v.transform(([only]) => only),
    ),
  ]);
}

/** A block that may occur several times. */
export function blocks<T extends v.ObjectEntries>(entries: T) {
  const schema = v.strictObject(entries);
  return v.union([
    v.array(schema),
    v.pipe(
      schema,
      v.transform((only) => [only]),
    ),
  ]);
}

export const optional = v.optional;
export const only = v.literal;
export const oneOf = v.picklist;
