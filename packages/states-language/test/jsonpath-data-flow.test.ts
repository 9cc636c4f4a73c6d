import { failureOf, outputOf, run } from './support/run';

describe('the data flow of JSONPath states', () => {
  const input = {
    a: { b: [1, 2, 3] },
    name: 'x',
    items: [
      { n: 1, ok: true },
      { n: 5, ok: false },
    ],
  };

  it.each([
    ['$.a.b[0]', 1],
    ['$.a.b[-1]', 3],
    ["$['a']['b'][1]", 2],
    ['$.a.b[0:2]', [1, 2]],
    ['$.a.b[0,2]', [1, 3]],
    ['$.items[*].n', [1, 5]],
    ['$..n', [1, 5]],
    ['$.items[?(@.n > 2)].n', [5]],
    ['$.items[?(@.ok == true && @.n < 2)].n', [1]],
    ['$.items[?(!@.missing)].n', [1, 5]],
    ['$.nothing[*]', []],
    ['$.nothing[1:].n', []],
    ['$.nothing.at.all[0:2]', []],
    ['$.nothing..n', []],
    ['$.items[9][*]', []],
    ['$.items[?(@.missing)]', []],
    ['$.items[*].missing', []],
    ['$.name[*]', []],
    ["$.items[0]['n', 'ok', 'missing']", { n: 1, ok: true }],
    ["$.items[*]['n', 'missing']", [{ n: 1 }, { n: 5 }]],
    ['$.a.b[?(@ > 1)]', []],
  ])('selects %s', async (path, expected) => {
    expect(await outputOf({ Type: 'Pass', Parameters: { 'v.$': path } }, input)).toEqual({ v: expected });
  });

  it.each<[string, unknown]>([
    ['@.name==Receipt', [1]],
    ['@.name == Receipt', [1]],
    ['@.name != Receipt', [2]],
    ['Receipt == @.name && @.value < 2', [1]],
    ['@.name==Other || @.name==receipt', [2]],
    ["@.name == 'Receipt'", [1]],
    ['@.name == "Receipt"', [1]],
    ['@.value == 2', [2]],
    ['@.value == two', []],
    ["@.value == '2'", [2]],
    ["@.value === '2'", []],
    ['@.value === 2', [2]],
    ['@.name !== Receipt', [2]],
    ["'2' == @.value", [2]],
    ['@.name == true', []],
    ['@.name == truely', []],
    ["@.name in ['Receipt', 'Bill']", [1]],
    ['@.name nin [Receipt]', [2]],
    ["@.tags contains 'a'", [1]],
    ["@.name contains 'ther'", [2]],
    ["@.tags subsetof ['a', 'b', 'c']", [1, 2]],
    ["@.tags anyof ['b']", [1]],
    ["@.tags noneof ['a', 'b']", [2]],
    ['@.tags size 2', [1]],
    ['@.tags empty true', [2]],
    ['@.missing in [1]', []],
    ['@.missing nin [1]', [1, 2]],
  ])('filters by %s', async (filter, expected) => {
    const xs = [
      { name: 'Receipt', value: 1, tags: ['a', 'b'] },
      { name: 'Other', value: 2, tags: [] },
    ];
    expect(await outputOf({ Type: 'Pass', Parameters: { 'v.$': `$.xs[?(${filter})].value` } }, { xs })).toEqual({
      v: expected,
    });
  });

  it.each(['@.name ==', '@.name in [@.value]', '@.name in [1', '== 1'])('refuses the filter %s', async (filter) => {
    await expect(outputOf({ Type: 'Pass', Parameters: { 'v.$': `$.xs[?(${filter})]` } }, {})).rejects.toThrow(
      'must be a valid JSONPath',
    );
  });

  it.each([
    [{ Parameters: { 'v.$': '$.a ' } }, { v: 1 }],
    [{ Parameters: { 'v.$': '$$.Execution.Name\t' } }, { v: expect.any(String) }],
    [{ InputPath: '$.a ', OutputPath: '$ ' }, 1],
    [{ Result: 2, ResultPath: '$.a ' }, { a: 2 }],
    [{ Parameters: { 'v.$': 'States.MathAdd($.a , 1) ' } }, { v: 2 }],
  ])('leaves blanks behind a path out: %j', async (fields, expected) => {
    expect(await outputOf({ Type: 'Pass', ...fields }, { a: 1 })).toEqual(expected);
  });

  it.each([
    [`$['Test\\""Name"']`, 'Test\\""Name"'],
    ["$['it\\'s']", "it's"],
    ['$["a\\"b"]', 'a"b'],
    [`$["it\\'s"]`, "it\\'s"],
    ["$['a\\\\b']", 'a\\b'],
    ["$['a.b c']", 'a.b c'],
    ['$.@type', '@type'],
    ['$.dc:title', 'dc:title'],
    ['$.a-b', 'a-b'],
  ])('reads the name in %s', async (path, name) => {
    expect(await outputOf({ Type: 'Pass', Parameters: { 'v.$': path } }, { [name]: 'V' })).toEqual({ v: 'V' });
  });

  it('puts the result where ResultPath says, into the raw input, without changing it', async () => {
    const state = { Type: 'Pass', InputPath: '$.a', Parameters: { 'first.$': '$.b[0]' }, ResultPath: '$.deep.er' };
    expect(await outputOf(state, input)).toEqual({ ...input, deep: { er: { first: 1 } } });
  });

  it('hands on a Result of null', async () => {
    expect(await outputOf({ Type: 'Pass', Result: null, ResultPath: '$.r' }, { x: 1 })).toEqual({ x: 1, r: null });
  });

  it('replaces an array item by ResultPath', async () => {
    expect(await outputOf({ Type: 'Pass', Result: 9, ResultPath: '$.a.b[1]' }, input)).toEqual({
      ...input,
      a: { b: [1, 9, 3] },
    });
  });

  it('gives the raw input for a null ResultPath and an empty object for a null OutputPath', async () => {
    expect(await outputOf({ Type: 'Pass', Result: 1, ResultPath: null }, { x: 1 })).toEqual({ x: 1 });
    expect(await outputOf({ Type: 'Pass', OutputPath: null }, { x: 1 })).toEqual({});
    expect(await outputOf({ Type: 'Pass', InputPath: null }, { x: 1 })).toEqual({});
  });

  it('selects from a task result with ResultSelector before ResultPath and OutputPath', async () => {
    const state = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      ResultSelector: { 'sum.$': '$.Payload.sum' },
      ResultPath: '$.kept',
      OutputPath: '$.kept',
    };
    expect(await outputOf(state, { x: 1 }, (listener) => listener.succeeded({ Payload: { sum: 3 } }))).toEqual({
      sum: 3,
    });
  });

  it('keeps the text of a payload that a state hands on unchanged', async () => {
    const execution = await run({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, [1]);
    expect(execution.history[2]?.stateExitedEventDetails?.output).toBe('[1]');
  });

  it('reads the context object', async () => {
    const Parameters = { 'name.$': '$$.Execution.Name', 'state.$': '$$.State', 'machine.$': '$$.StateMachine.Name' };
    expect(await outputOf({ Type: 'Pass', Parameters })).toEqual({
      name: 'run',
      state: { Name: 'S', EnteredTime: '2026-01-01T00:00:00.000Z' },
      machine: 'machine',
    });
  });

  it('reads only own properties', async () => {
    expect(await failureOf({ Type: 'Pass', Parameters: { 'x.$': '$.constructor' } })).toContain('could not be found');
  });

  it('names the path, the field and the input when a parameter is not there', async () => {
    expect(await failureOf({ Type: 'Pass', Parameters: { 'x.$': '$.y' } }, { z: 1 })).toBe(
      "States.Runtime: An error occurred while executing the state 'S' (entered at the event id #2). The JSONPath '$.y' specified for the field 'x.$' could not be found in the input '{\"z\":1}'",
    );
  });

  it('fails with States.ReferencePathConflict when ResultPath does not fit the input', async () => {
    expect(await failureOf({ Type: 'Pass', Result: 1, ResultPath: '$.a.b' }, { a: 'text' })).toBe(
      'States.ReferencePathConflict: Unable to apply ReferencePath $.a.b to input {"a":"text"}',
    );
  });

  it('lets the documented name catch a ResultPath that does not fit', async () => {
    const Branches = [{ StartAt: 'B', States: { B: { Type: 'Succeed' } } }];
    const Catch = [{ ErrorEquals: ['States.ResultPathMatchFailure'], Next: 'N' }];
    const States = {
      S: { Type: 'Parallel', Branches, ResultPath: '$[0]', Catch, End: true },
      N: { Type: 'Pass', InputPath: '$.Error', End: true },
    };
    expect((await run({ StartAt: 'S', States }, {})).output).toBe('"States.ReferencePathConflict"');
  });

  it.each(['$[1:5]', '$.name[0:2]', '$.a[0,1]', '$.name[?(@.n)]', '$.name[0][*]', "$['a', 'items'].b"])(
    'cannot apply %s, which is not an empty list',
    async (path) => {
      expect(await failureOf({ Type: 'Pass', Parameters: { 'v.$': path } }, input)).toContain(
        `The JSONPath '${path}' specified for the field 'v.$' could not be found in the input`,
      );
    },
  );

  it.each([
    ['$.a.x', "No results for path: $['a']['x']"],
    ['$.x.b', "Missing property in path $['x']"],
    ['$.a.b.x', "Property ['x'] not found in path $['a']['b']"],
    ['$.name.x.y', "Property ['x'] not found in path $['name']"],
    ['$.items.length()', "Property ['length()'] not found in path $['items']"],
    ['$.a.x[0].y', "Missing property in path $['a']['x']"],
    ['$.a.b[7]', "No results for path: $['a']['b'][7]"],
    ["$['a', 'items'].b", "Multi properties can only be used as path leafs: $['a', 'items']"],
  ])('says why InputPath %s finds nothing', async (path, reason) => {
    expect(await failureOf({ Type: 'Pass', InputPath: path }, input)).toContain(`Invalid path '${path}' : ${reason}`);
  });

  it.each([
    { Type: 'Pass', InputPath: '$.a' },
    { Type: 'Pass', Parameters: { 'v.$': '$' } },
    { Type: 'Succeed', OutputPath: '$.a' },
  ])('applies no path to null: %j', async (state) => {
    expect(await failureOf(state, null)).toBe(
      "States.Runtime: An error occurred while executing the state 'S' (entered at the event id #2). Unable to apply Path transformation to null or empty input.",
    );
  });
});
