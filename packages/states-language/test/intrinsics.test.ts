import { failureOf, outputOf } from './support/run';

const evaluate = (call: string, input = {}): Promise<unknown> =>
  outputOf({ Type: 'Pass', Parameters: { 'v.$': call } }, input).then((output) => (output as { v: unknown }).v);

describe('intrinsic functions', () => {
  it.each([
    ["States.Format('Hello {}, {}!', $.name, 1)", 'Hello Ann, 1!'],
    ["States.Format('\\{{}\\} it\\'s', $.name)", "{Ann} it's"],
    ["States.Format('{}\\\\{}', 1, 2)", '1\\2'],
    ["States.Array('\\{a\\}\\\\')", ['{a}\\']],
    ['States.StringToJson(\'{"a": [1]}\')', { a: [1] }],
    ["States.Format('{} {}', $.list, null)", '[1, 2, 3, 3, 4] null'],
    ["States.Format('{}', States.Array($.objects, 'x', true, 1.5))", '[[{a=1}], x, true, 1.5]'],
    ["States.Format('{}', $.other)", '{a=2, b=3}'],
    ["States.StringToJson(' ')", null],
    ['States.JsonToString($.object)', '{"a":1}'],
    ['States.JsonMerge($.object, $.other, false)', { a: 2, b: 3 }],
    ["States.Array(1, 'a', true, null, $.name)", [1, 'a', true, null, 'Ann']],
    ['States.ArrayPartition($.list, 2)', [[1, 2], [3, 3], [4]]],
    ['States.ArrayContains($.list, 4)', true],
    ['States.ArrayContains($.objects, $.object)', true],
    ['States.ArrayRange(1, 9, 3)', [1, 4, 7]],
    ['States.ArrayRange(3, 1, -1)', [3, 2, 1]],
    ['States.ArrayGetItem($.list, 1)', 2],
    ['States.ArrayLength($.list)', 5],
    ['States.ArrayUnique($.list)', [1, 2, 3, 4]],
    ["States.Base64Encode('data')", 'ZGF0YQ=='],
    ["States.Base64Decode('ZGF0YQ==')", 'data'],
    ["States.Hash('input data', 'SHA-1')", 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['States.MathAdd($.list[0], -3)', -2],
    ['States.MathRandom(1, 11)', 6],
    ["States.StringSplit('a.b+c', '.+')", ['a', 'b', 'c']],
    ['States.UUID()', '00000000-0000-4000-8000-000000000001'],
    ["States.Format('{}', States.ArrayLength(States.Array(1, 2)))", '2'],
  ])('%s', async (call, expected) => {
    const input = { name: 'Ann', object: { a: 1 }, other: { a: 2, b: 3 }, list: [1, 2, 3, 3, 4], objects: [{ a: 1 }] };
    expect(await evaluate(call, input)).toEqual(expected);
  });

  it('gives the same number for the same seed, within the range', async () => {
    const number = await evaluate('States.MathRandom(0, 1000, 42)');
    expect(await evaluate('States.MathRandom(0, 1000, 42)')).toBe(number);
    expect(await evaluate('States.MathRandom(0, 1000, 43)')).not.toBe(number);
  });

  it.each([
    ["States.Format('{} {}', 1)", 'The number of arguments does not match'],
    ['States.ArrayPartition($.list, 0)', 'must be a positive integer'],
    ['States.ArrayGetItem($.list, 9)', 'out of bounds'],
    ['States.ArrayRange(1, 5000, 1)', 'at most 1000'],
    ['States.JsonMerge($.object, $.object, true)', 'shallow'],
    ["States.StringToJson('{')", 'not valid JSON'],
    ["States.Hash('x', 'CRC32')", 'SHA-256'],
  ])('%s fails', async (call, message) => {
    const failure = await failureOf({ Type: 'Pass', Parameters: { 'v.$': call } }, { list: [1], object: {} });
    expect(failure).toContain('States.IntrinsicFailure');
    expect(failure).toContain(call);
    expect(failure).toContain(message);
  });

  it('cannot be called with what is not there', async () => {
    const state = { Type: 'Pass', Parameters: { 'v.$': "States.Format('{}', States.ArrayLength($.missing))" } };
    expect(await failureOf(state, { a: 1 })).toBe(
      "States.Runtime: An error occurred while executing the state 'S' (entered at the event id #2). The function 'States.ArrayLength($.missing)' had the following error: The JsonPath argument for the field '$.missing' could not be found in the input '{\"a\":1}'",
    );
  });

  it('knows no escape sequences but those of the language', async () => {
    const parse = failureOf({ Type: 'Pass', Parameters: { 'v.$': "States.StringToJson('\\\\n')" } });
    await expect(parse).resolves.toContain('States.IntrinsicFailure');
    const illegal = failureOf({ Type: 'Pass', Parameters: { 'v.$': "States.Array('\\n')" } });
    await expect(illegal).rejects.toThrow('must be a valid JSONPath or a valid intrinsic function call');
  });
});
