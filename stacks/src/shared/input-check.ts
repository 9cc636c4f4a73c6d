import type { States } from '@workflows/constructs';

/**
 * The states that fail an execution with invalid input. `Init` before them assigns `$problem`: empty, or one sentence
 * that names the field, the allowed values and the received value.
 */
export const inputCheck = (next: string): States<'JSONata'> => ({
  'Input valid?': {
    Type: 'Choice',
    Choices: [{ Condition: "{% $problem != '' %}", Next: 'Invalid input' }],
    Default: next,
  },
  'Invalid input': { Type: 'Fail', Error: 'InvalidInput', Cause: '{% $problem %}' },
});

/** JSONata: the beginning of an expression for `$problem`, true for everything but an object. */
export const NOT_AN_OBJECT = "$type($states.input) != 'object'";

/** JSONata: the problem of an input that is not an object. */
export const NOT_AN_OBJECT_PROBLEM = "'the input must be a JSON object; received ' & $type($states.input)";

/** JSONata: a function that returns whether a value is a whole number within bounds. It compares only numbers, because comparing other types is an error. */
export const WHOLE_NUMBER = `function($value, $min, $max) {
  $type($value) = 'number' ? ($value >= $min ? ($value <= $max ? $value = $floor($value) : false) : false) : false
}`;

/** JSONata: a function that shows a value, shortened. */
export const SHOW = 'function($value) { $substring($string($value), 0, 100) }';
