import type { States } from '@workflows/constructs';

/**
 * The states that end an execution which nobody can serve. `Init` before them assigns `$problem`: empty, or one
 * sentence that names the field, what is allowed and what was received.
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

/** JSONata: what to say of input that is no object. */
export const NOT_AN_OBJECT_PROBLEM = "'the input must be a JSON object; received ' & $type($states.input)";

/** JSONata: a function that tells whether a value is a whole number within bounds. Nothing else is compared: comparing other types is an error. */
export const WHOLE_NUMBER = `function($value, $min, $max) {
  $type($value) = 'number' ? ($value >= $min ? ($value <= $max ? $value = $floor($value) : false) : false) : false
}`;

/** JSONata: a function that shows a value, shortened. */
export const SHOW = 'function($value) { $substring($string($value), 0, 100) }';
