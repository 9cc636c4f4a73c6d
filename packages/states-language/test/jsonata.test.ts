import { failureOf, outputOf, run, START_MS, world } from './support/run';

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
    ['$parse("{")', 'threw an error during evaluation: Argument 1 of function $parse must be valid JSON'],
    ['function($x) { $x }', 'returned an unsupported result type.'],
    ['$sum', 'returned an unsupported result type.'],
  ])('fails for %s', async (expression, message) => {
    expect(await failureOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: `{% ${expression} %}` })).toBe(
      `${prefix}The JSONata expression '${expression}' specified for the field 'Output' ${message}`,
    );
  });

  it('ends an expression that recurses without an end', async () => {
    expect(
      await failureOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% ($f := function() { $f() }; $f()) %}' }),
    ).toContain('evaluation steps');
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
    expect(execution.history.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'EvaluationFailed',
      'TaskStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
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
