import type { QueryLanguage } from '../document/query-language';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import type { Report } from './report';

/** Checks one field's value; says what is wrong with it. */
export type FieldCheck = (value: JsonValue, location: string, report: Report, language: QueryLanguage) => void;

export type Fields = Readonly<Record<string, FieldCheck>>;

/** What an object of a definition may hold. Messages and places are AWS's. */
export interface Shape {
  readonly fields: Fields;
  /** Fields that only one of the query languages has. */
  readonly JSONPath?: Fields;
  readonly JSONata?: Fields;
  readonly required?: readonly string[];
  /** Groups of fields of which there may be only one. */
  readonly exclusive?: readonly (readonly string[])[];
  /** Groups of fields of which there must be exactly one. */
  readonly exactlyOne?: readonly (readonly string[])[];
}

/** An object of this shape. */
export function object(shape: Shape): FieldCheck {
  return (value, location, report, language) => {
    if (isObject(value)) {
      checkShape(value, shape, location, report, language);
    } else {
      report.schema('Expected value of type [OBJECT]', location);
    }
  };
}

const OTHER: Readonly<Record<QueryLanguage, QueryLanguage>> = { JSONPath: 'JSONata', JSONata: 'JSONPath' };

/** `ofOtherLanguage`: what to do with fields of the other query language. */
export function checkShape(
  value: JsonObject,
  shape: Shape,
  location: string,
  report: Report,
  language: QueryLanguage,
  ofOtherLanguage: 'refuse' | 'ignore' = 'refuse',
): void {
  const known: Fields = { ...shape.fields, ...shape[language] };
  const other = OTHER[language];
  for (const field of Object.keys(value).filter((name) => !Object.hasOwn(known, name))) {
    if (!Object.hasOwn(shape[other] ?? {}, field)) {
      report.unsupported(field, location);
    } else if (ofOtherLanguage === 'refuse') {
      report.schema(
        `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${other}' QueryLanguage`,
        location,
      );
    }
  }
  for (const [field, inner] of Object.entries(value)) {
    const check = Object.hasOwn(known, field) ? known[field] : undefined;
    check?.(inner, `${location === '/' ? '' : location}/${field}`, report, language);
  }
  report.required(
    (shape.required ?? []).filter((field) => value[field] === undefined),
    location,
  );
  const given = (group: readonly string[]) => group.filter((field) => value[field] !== undefined).length;
  for (const group of [...(shape.exclusive ?? []), ...(shape.exactlyOne ?? [])].filter((it) => given(it) > 1)) {
    report.schema(`There should only be one of the following fields: [${group.join(', ')}]`, location);
  }
  for (const group of (shape.exactlyOne ?? []).filter((it) => given(it) === 0)) {
    report.schema(`This object should have only one of the following fields: [${group.join(', ')}]`, location);
  }
}
