import type { Expression } from '@workflows/states-language';

/**
 * A JSONata expression, written over several lines for people and joined into one for the definition. Line breaks
 * inside JSONata string literals are not kept.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 * @example
 * const total = jsonata`
 *   $sum($states.input.items.price)
 * `; // '{% $sum($states.input.items.price) %}'
 */
export const jsonata = (parts: TemplateStringsArray, ...values: readonly (string | number)[]): Expression =>
  `{% ${String.raw(parts, ...values)
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')} %}`;
