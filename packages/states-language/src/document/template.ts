/** A JSONata expression with its delimiters. @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
export type Expression = `{%${string}%}`;

const OPENING = '{%';
const CLOSING = '%}';

export function isExpression(value: unknown): value is Expression {
  return typeof value === 'string' && value.startsWith(OPENING) && value.endsWith(CLOSING);
}

/** The JSONata between `{%` and `%}`. */
export function expressionSource(value: string): string {
  return value.slice(OPENING.length, -CLOSING.length).trim();
}

/** Any JSON. In JSONata every string may be an expression; in JSONPath the value of a `.$` key is a path or an intrinsic function. */
export type Template = null | boolean | number | string | readonly Template[] | { readonly [key: string]: Template };

/** A payload template whose keys are fixed by an API, or chosen by the author. */
export type TemplateObject = { readonly [key: string]: Template };

/** A value, or an expression that gives it. */
export type Computed<V> = V | Expression;
