import { failureOf, only, outputOf, run, START_MS, skeleton, start, world } from './support/run';

const evaluate = (expression: string, input = {}): Promise<unknown> =>
  outputOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}` }, input);

describe('JSONata', () => {
  const input = { n: 2, text: 'a', list: [3, 1, 2], one: [1], objects: [{ k: 1 }, { k: 2 }], nothing: null };

  it.each([
    ['$states.input.n + 1', 3],
    ['$states.input.text & "-" & $states.input.n', 'a-2'],
    ['$states.input.list', [3, 1, 2]],
    ['$states.input.one', [1]],
    ['$states.input.objects.k', [1, 2]],
    ['$states.input.objects[k = 2].k', 2],
    ['$sum($states.input.list)', 6],
    ['$sort($states.input.list)[0]', 1],
    ['$exists($states.input.missing) ? "yes" : "no"', 'no'],
    ['$states.input.nothing', null],
    ['$states.input.n = 2 and $states.input.text != "b"', true],
    ['{"a": $states.input.n, "b": $states.input.missing}', { a: 2 }],
    ['$map($states.input.list, function($v) { $v * 2 })', [6, 2, 4]],
    ['$states.context.Execution.Name', 'run'],
    ['$states.context.State.Name', 'S'],
    ['$partition([1, 2, 3], 2)', [[1, 2], [3]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$hash("input data", "SHA-1")', 'aaff4a450a104cd177d28d18d74485e8cae074b7'],
    ['$parse("{\\"a\\": 1}")', { a: 1 }],
    ['$uuid()', '00000000-0000-4000-8000-000000000001'],
    ['$random()', 0.5],
    ['$random(7) = $random(7)', true],
    ['$millis()', START_MS],
    ['$now()', '2026-01-01T00:00:00.000Z'],
    ['$now("[Y0001]")', '2026'],
    ['$fromMillis(0)', '1970-01-01T00:00:00.000Z'],
  ])('evaluates %s', async (expression, expected) => {
    expect(await evaluate(expression, input)).toEqual(expected);
  });

  it('evaluates expressions inside objects and arrays, and leaves other strings alone', async () => {
    const Output = { a: ['{% $states.input.n %}', 'plain', { b: '{% $sum([1, 2]) %}' }] };
    expect(await outputOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output }, input)).toEqual({
      a: [2, 'plain', { b: 3 }],
    });
  });

  it('evaluates with one array what it would with a plain one after a state in between', async () => {
    const execution = await run(
      {
        QueryLanguage: 'JSONata',
        StartAt: 'A',
        States: {
          A: { Type: 'Pass', Output: '{% $states.input.objects.k %}', Next: 'B' },
          B: { Type: 'Pass', Output: '{% $count($states.input) %}', End: true },
        },
      },
      input,
    );
    expect(execution.output).toBe('2');
  });

  const prefix =
    "States.QueryEvaluationError: An error occurred while executing the state 'S' (entered at the event id #2). ";

  it('fails when an expression returns nothing, naming the field', async () => {
    const Output = { a: { b: '{% $states.input.missing %}' } };
    expect(await failureOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output })).toBe(
      `${prefix}The JSONata expression '$states.input.missing' specified for the field 'Output/a/b' returned nothing (undefined).`,
    );
  });

  it.each([
    [
      '$abs("x")',
      `threw an error during evaluation. T0410: Argument 1 of function "abs" does not match function signature`,
    ],
    ['$eval("1+1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
    ['function($x) { $x }', 'returned an unsupported result type.'],
    ['$sum', 'returned an unsupported result type.'],
  ])('fails for %s', async (expression, message) => {
    expect(await failureOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}` })).toBe(
      `${prefix}The JSONata expression '${expression}' specified for the field 'Output' ${message}`,
    );
  });

  // Measured on AWS: github.com/floci-io/floci/issues/2662 and pull/2676.
  it.each([
    ['$range(3, 3, 1)', 3],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$range(5, 1, -1.5)', [5, 4, 3, 2, 1]],
    ['$partition([1, 2, 3])', [[1, 2, 3]]],
    ['$partition([1, 2, 3], 2.9)', [[1, 2], [3]]],
    ['$random(42)', 0.7275636800328681],
    ['$random(0)', 0.730967787376657],
    ['$random(7)', 0.7306990420600421],
    ['$parse("{\\"a\\": [1, {\\"a\\": \\":\\"}]}").a[1].a', ':'],
  ])('gives what AWS gives for %s', async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  it.each([
    ['$range(1, 5)'],
    ['$range(1, 5, 0)'],
    ['$range(5, 1, 1)'],
    ['$partition([], 2)'],
    ['$partition([1], 0)'],
    ['$hash("a")'],
    ['$parse($states.input.missing)'],
  ])('gives nothing for %s', async (expression) => {
    expect(await failureOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}` })).toBe(
      `${prefix}The JSONata expression '${expression}' specified for the field 'Output' returned nothing (undefined).`,
    );
  });

  it.each([
    ['$partition([1], -1)', 'D3137: Second argument must be zero or greater'],
    ['$hash("a", "md5")', "D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
    ['$parse("x")', 'D3137: Invalid JSON'],
    ['$parse("{\\"a\\": 1, \\"\\\\u0061\\": 2}")', 'D3137: Invalid JSON'],
    ['$parse("1e400")', 'D3137: Invalid JSON'],
    ['$hash(42, "MD5")', 'T0410: Argument 1 of function "hash" does not match function signature'],
    ['$hash("a", 5)', 'T0410: Argument 2 of function "hash" does not match function signature'],
    ['$uuid("x")', 'T0410: Argument 1 of function "uuid" does not match function signature'],
    ['$random(1, 2)', 'T0410: Argument 2 of function "random" does not match function signature'],
    ['$range(1, 5, 1, "x")', 'T0410: Argument 4 of function "range" does not match function signature'],
    ['$parse(null)', 'T0410: Argument 1 of function "parse" does not match function signature'],
  ])('refuses the arguments of %s', async (expression, message) => {
    expect(await failureOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}` })).toBe(
      `${prefix}The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation. ${message}`,
    );
  });

  // Measured on AWS: github.com/floci-io/floci/issues/2737.
  it.each([
    ['1/0', 'Infinity'],
    ['-1/0', '-Infinity'],
    ['0/0', 'NaN'],
    ['1e308 * 10', 'Infinity'],
    ['[1/0]', ['Infinity']],
    ["{'k': 1/0}", { k: 'Infinity' }],
    ["$parseInteger('abc', '0')", 'NaN'],
  ])('gives a number that JSON has not as a string: %s', async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  describe('is bounded as on AWS', () => {
    const nested = (levels: number): string => `${'('.repeat(levels)}1${')'.repeat(levels)}`;
    const sum = (terms: number): string => Array.from({ length: terms }, () => '1').join('+');
    const recursion = (calls: number): string => `($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(${calls}))`;
    const doubled = (times: number): string =>
      `($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p("x", ${times})))`;

    it.each([
      ['a range of 873,782 numbers', '[1..873782] ~> $count()', 873_782],
      ['$range of 360,145 numbers', '$count($range(1, 360145, 1))', 360_145],
      ['a string of 2^22 characters', doubled(22), 4_194_304],
      ['a sum of 100 terms', sum(100), 100],
      ['99 parentheses', nested(99), 1],
      ['31 recursive calls', recursion(31), 31],
      ['a function over 200,000 values', '$sum($map([1..200000], function($v) { $v * 2 }))', 40_000_200_000],
      [
        'functions over the members of an array',
        `$count([${Array(60).fill('$map([1, 2], function($v) { $v })').join()}])`,
        120,
      ],
    ])('takes %s', async (_, expression, expected) => {
      expect(await evaluate(expression)).toEqual(expected);
    });

    it('leaves the event loop to others in between, and virtual time stands still', async () => {
      const place = world();
      const Output = '{% $sum($map([1..50000], function($v) { $v })) %}';
      const execution = start(only({ Type: 'Pass', QueryLanguage: 'JSONata', Output }), {}, place);
      const seen: string[] = [];
      place.clock.schedule(START_MS + 1, () => seen.push(`timer: ${execution.status}`));
      setImmediate(() => setImmediate(() => seen.push(`event loop: ${execution.status}`)));

      await place.clock.runUntilIdle();

      expect(seen).toEqual(['event loop: RUNNING', 'timer: SUCCEEDED']);
    });

    const memory = 'Expression evaluation memory limit exceeded: Check for excessive memory usage';
    const depth =
      'Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive.';
    it.each([
      ['a longer range', '[1..873783] ~> $count()', memory],
      ['a range inside a function', '$sum([1..3].$sum([1..9000000]))', memory],
      ['a longer $range', '$count($range(1, 360146, 1))', memory],
      ['a longer string', doubled(23), memory],
      ['a sum of 101 terms', sum(101), depth],
      ['100 parentheses', nested(100), depth],
      ['32 recursive calls', recursion(32), depth],
      ['endless recursion', '($f := function($n) { 1 + $f($n) }; $f(1))', depth],
      ['endless recursion beside others', '[($f := function($n) { 1 + $f($n) }; $f(1)), 2]', depth],
      [
        'an endless loop',
        '($f := function() { $f() }; $f())',
        'Expression evaluation timeout: Check for infinite loop',
      ],
    ])('fails for %s', async (_, expression, message) => {
      expect(await failureOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}` })).toBe(
        `${prefix}The JSONata expression '${expression}' specified for the field 'Output' threw an error during evaluation: ${message}`,
      );
    });
  });

  it('leaves an EvaluationFailed event that Retry and Catch come after', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'T',
      States: {
        T: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: '{% $states.input.missing %}' },
          Catch: [
            { ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught', Output: '{% $states.errorOutput.Error %}' },
          ],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      },
    };
    const execution = await run(definition, {}, world());
    expect(skeleton(execution.history)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 TaskStateEntered',
      '3<2 EvaluationFailed',
      '4<3 TaskStateExited',
      '5<4 SucceedStateEntered',
      '6<5 SucceedStateExited',
      '7<6 ExecutionSucceeded',
    ]);
    expect(execution.output).toBe('"States.QueryEvaluationError"');
  });

  it('tells a variable that is null from one that is not there', async () => {
    const States = {
      A: { Type: 'Pass', Assign: { x: null }, Next: 'M' },
      M: {
        Type: 'Map',
        Items: [1],
        ItemProcessor: {
          StartAt: 'I',
          States: {
            I: { Type: 'Pass', Assign: { y: null }, Next: 'J' },
            J: { Type: 'Pass', Output: ['{% $x %}', '{% $y %}', '{% $exists($z) %}'], End: true },
          },
        },
        Next: 'P',
      },
      P: { Type: 'Pass', QueryLanguage: 'JSONata', Output: ['{% $states.input[0] %}', '{% $x %}'], End: true },
    };
    expect((await run({ QueryLanguage: 'JSONata', StartAt: 'A', States })).output).toBe('[[null,null,false],null]');
  });
});
