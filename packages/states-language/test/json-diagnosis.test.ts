import { diagnoseJson } from '../src';

const VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

describe('diagnoseJson', () => {
  it.each([
    ['not json', `Unrecognized token 'not': was expecting ${VALUE}`],
    ['nul', `Unrecognized token 'nul': was expecting ${VALUE}`],
    ['[true, maybe]', `Unrecognized token 'maybe': was expecting ${VALUE}`],
    ["{'a': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name"],
    ['{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value"],
    ['{"a":1 "b":2}', `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`],
    ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"],
    ['{"a":1,}', "Unexpected character ('}' (code 125)): was expecting double-quote to start field name"],
    ['[1,]', `Unexpected character (']' (code 93)): expected a valid value ${VALUE}`],
    ['{"a":', 'Unexpected end-of-input: expected close marker for Object'],
    ['[1,', 'Unexpected end-of-input: expected close marker for Array'],
    ['"open', 'Unexpected end-of-input: was expecting closing quote for a string value'],
    ['"\\q"', "Unrecognized character escape 'q' (code 113)"],
    ['01', 'Invalid numeric value: Leading zeroes not allowed, and a minus sign needs a digit'],
    ['1 x', `Unrecognized token 'x': was expecting ${VALUE}`],
    ['1 2', 'Trailing data after the JSON value'],
    [' ', 'No content to map due to end-of-input'],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(diagnoseJson(text)).toBe(message);
  });

  it('survives text nested deeper than the stack', () => {
    expect(diagnoseJson('['.repeat(200_000))).toBe('Nested too deeply');
  });
});
