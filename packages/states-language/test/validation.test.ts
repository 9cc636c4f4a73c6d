import { InvalidDefinitionError, parseDefinition, parseTaskResource, validateDefinition } from '../src';

const machine = (state: object, more: object = {}): object => ({ StartAt: 'S', States: { S: state }, ...more });

function findings(definition: object | string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string[] {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  return validateDefinition(text, { type }).diagnostics.map(
    ({ code, location, message }) => `${code}: ${message} at ${location}`,
  );
}

const schema = (message: string, location: string): string => `SCHEMA_VALIDATION_FAILED: ${message} at ${location}`;

describe('validation', () => {
  it('accepts what is right', () => {
    const result = validateDefinition(JSON.stringify(machine({ Type: 'Succeed' })));
    expect(result).toEqual({ result: 'OK', diagnostics: [], truncated: false });
  });

  it('answers as AWS does when a definition is refused', () => {
    expect(() => parseDefinition('{"StartAt": "A"}')).toThrow(
      new InvalidDefinitionError(
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /'",
        [],
      ),
    );
  });

  it('says where the text is not JSON', () => {
    expect(findings('{')[0]).toContain('INVALID_JSON_DESCRIPTION');
  });

  it.each<[string, object, string]>([
    [
      'an unknown field',
      machine({ Type: 'Pass', End: true, Foo: 1 }),
      schema("Field 'Foo' is not supported", '/States/S'),
    ],
    [
      'an unknown top-level field',
      machine({ Type: 'Succeed' }, { Foo: 1 }),
      schema("Field 'Foo' is not supported", '/'),
    ],
    ['a state without a type', machine({}), schema('These fields are required: [Type]', '/States/S')],
    [
      'both Next and End',
      machine({ Type: 'Pass', Next: 'S', End: true }),
      schema('Exactly one of these fields is required: [Next, End]', '/States/S'),
    ],
    [
      'neither Next nor End',
      machine({ Type: 'Pass' }),
      schema('Exactly one of these fields is required: [Next, End]', '/States/S'),
    ],
    [
      'a target that is not there',
      machine({ Type: 'Pass', Next: 'Nowhere' }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/S/Next",
    ],
    [
      'a start that is not there',
      { StartAt: 'X', States: { S: { Type: 'Pass', Next: 'T' }, T: { Type: 'Pass', Next: 'S' } } },
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /StartAt",
    ],
    [
      'a state that nothing leads to',
      { StartAt: 'S', States: { S: { Type: 'Succeed' }, T: { Type: 'Succeed' } } },
      'MISSING_TRANSITION_TARGET: State "T" is not reachable. at /States/T',
    ],
    [
      'a JSONPath field in a JSONata state',
      machine({ Type: 'Pass', QueryLanguage: 'JSONata', InputPath: '$', End: true }),
      schema('Field is not supported when the QueryLanguage is JSONata', '/States/S/InputPath'),
    ],
    [
      'JSONPath within JSONata',
      machine({ Type: 'Succeed', QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' }),
      schema(
        "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
        '/States/S/QueryLanguage',
      ),
    ],
    [
      'an expression that does not parse',
      machine({ Type: 'Succeed', QueryLanguage: 'JSONata', Output: { a: '{% 1 + %}' } }),
      schema('The JSONata expression is not valid: Unexpected end of expression', '/States/S/Output/a'),
    ],
    [
      'an expression that is not closed',
      machine({ Type: 'Succeed', QueryLanguage: 'JSONata', Output: '{% 1' }),
      schema("A JSONata expression must begin with '{%' and end with '%}'", '/States/S/Output'),
    ],
    [
      'a wildcard in ResultPath',
      machine({ Type: 'Pass', ResultPath: '$[*]', End: true }),
      schema('Value is not a Reference Path: $[*]', '/States/S/ResultPath'),
    ],
    [
      'two ends of a wait',
      machine({ Type: 'Wait', Seconds: 1, SecondsPath: '$', End: true }),
      schema('Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]', '/States/S'),
    ],
    [
      'a negative wait',
      machine({ Type: 'Wait', Seconds: -1, End: true }),
      schema('Value -1 is not between 0 and 99999999', '/States/S/Seconds'),
    ],
    [
      'a reserved variable',
      machine({ Type: 'Pass', Assign: { states: 1 }, End: true }),
      schema(
        "'states' is not a valid variable name: a letter or underscore first, then letters, digits and underscores, at most 80 characters, and not the reserved 'states'",
        '/States/S/Assign/states',
      ),
    ],
    [
      'a rule with two operators',
      machine({ Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, IsString: true, Next: 'S' }] }),
      schema('A choice rule must have exactly one operator but has: [IsNull, IsString]', '/States/S/Choices[0]'),
    ],
    [
      'States.ALL before others',
      machine({
        Type: 'Parallel',
        End: true,
        Branches: [{ StartAt: 'B', States: { B: { Type: 'Succeed' } } }],
        Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }],
      }),
      schema(
        "'States.ALL' must be the only error of its entry, and its entry the last",
        '/States/S/Retry[0]/ErrorEquals',
      ),
    ],
    [
      'a heartbeat not below the timeout',
      machine({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        TimeoutSeconds: 5,
        HeartbeatSeconds: 5,
        End: true,
      }),
      schema(
        'HeartbeatSeconds must be smaller than TimeoutSeconds but is 5, and TimeoutSeconds is 5',
        '/States/S/HeartbeatSeconds',
      ),
    ],
    [
      'a reader of a distributed Map',
      machine({
        Type: 'Map',
        ItemReader: {},
        End: true,
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'I', States: { I: { Type: 'Succeed' } } },
      }),
      schema(
        'ItemReader of a distributed Map is not implemented: a Map takes its items from its input',
        '/States/S/ItemReader',
      ),
    ],
    [
      'a name that is used twice',
      machine({ Type: 'Parallel', End: true, Branches: [{ StartAt: 'S', States: { S: { Type: 'Succeed' } } }] }),
      'DUPLICATE_STATE_NAME: Duplicate State name: S at /States/S/Branches[0]/States/S',
    ],
  ])('refuses %s', (_what, definition, finding) => {
    expect(findings(definition)).toEqual([finding]);
  });

  it.each<[object, string[]]>([
    [{ Type: 'Pass', End: true, Output: '{% $states.result %}' }, ['result at /States/S/Output']],
    [
      { Type: 'Wait', End: true, Seconds: 1, Assign: { a: '{% $states.result.x %}' } },
      ['result at /States/S/Assign/a'],
    ],
    [
      {
        Type: 'Map',
        End: true,
        Items: '{% $count($states.result) %}',
        ItemProcessor: {
          StartAt: 'I',
          States: { I: { Type: 'Pass', Output: '{% $states.errorOutput %}', End: true } },
        },
        Output: { r: '{% $states.result %}', e: '{% $states.errorOutput.Error %}' },
        Assign: { r: '{% $states.result[0] %}' },
        Catch: [
          { ErrorEquals: ['A'], Output: '{% $states.errorOutput %}', Next: 'S' },
          { ErrorEquals: ['B'], Assign: { r: '{% $states.result %}' }, Next: 'S' },
        ],
      },
      [
        'result at /States/S/Items',
        'errorOutput at /States/S/Output/e',
        'result at /States/S/Catch[1]/Assign/r',
        'errorOutput at /States/S/ItemProcessor/States/I/Output',
      ],
    ],
  ])('refuses what $states does not have in a field: %j', (state, where) => {
    expect(findings(machine(state, { QueryLanguage: 'JSONata' }))).toEqual(
      where.map(
        (place) => `SCHEMA_VALIDATION_FAILED: $states.${place.replace(' at', ' is not accessible in this field at')}`,
      ),
    );
  });

  it.each(['INLINE', 'DISTRIBUTED'])(
    'keeps the variables of the scopes around a Map (%s) apart from its own',
    (Mode) => {
      const States = { I: { Type: 'Pass', Assign: { 'x.$': '$', y: 1 }, End: true } };
      const ItemProcessor = { ProcessorConfig: { Mode }, StartAt: 'I', States };
      const Catch = [{ ErrorEquals: ['States.ALL'], Assign: { x: 2 }, Next: 'S' }];
      expect(findings(machine({ Type: 'Map', ItemProcessor, Catch, End: true }))).toEqual(
        Mode === 'DISTRIBUTED'
          ? []
          : [
              schema(
                "The variable 'x' is assigned in an outer scope already",
                '/States/S/ItemProcessor/States/I/Assign/x.$',
              ),
            ],
      );
    },
  );

  it.each<[object, string]>([
    [
      { Type: 'Pass', OutputPath: 'Test', End: true },
      schema('Value must be a valid JSONPath.', '/States/S/OutputPath'),
    ],
    [
      { Type: 'Wait', SecondsPath: 'Test', End: true },
      schema("Value is not a Reference Path: Reference path didn't start with '$'", '/States/S/SecondsPath'),
    ],
    [{ Type: 'Wait', Seconds: '60', End: true }, schema('Expected value of type Integer', '/States/S/Seconds')],
    [
      { Type: 'Pass', Assign: { a: [{ 'b.$': 'Test' }] }, End: true },
      schema(
        "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call",
        '/States/S/Assign/a[0]',
      ),
    ],
  ])('words it as AWS does: %j', (state, finding) => {
    expect(findings(machine(state))).toEqual([finding]);
  });

  it('counts a state as reachable that any other state leads to', () => {
    const States = {
      S: { Type: 'Succeed' },
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Pass', Next: 'A' },
      C: { Type: 'Pass', Next: 'S' },
    };
    expect(findings({ StartAt: 'S', States })).toEqual([
      'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C',
    ]);
  });

  it('refuses an intrinsic function with the wrong number of arguments', () => {
    const [finding] = findings(machine({ Type: 'Pass', Parameters: { 'a.$': 'States.Hash($.x)' }, End: true }));
    expect(finding).toContain(
      "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call",
    );
  });

  it.each([
    ['arn:aws:states:eu-west-1:123456789012:activity:a', 'Activities are not supported'],
    ['arn:aws:states:::sns:publish', 'The resource is not supported'],
    ['arn:aws:states:::lambda:invoke.sync', 'The resource is not supported'],
    ['adder', 'The resource is not supported'],
  ])('refuses the resource %s, and says what is supported', (Resource, message) => {
    const [finding] = findings(machine({ Type: 'Task', Resource, End: true }));
    expect(finding).toContain(message);
    expect(finding).toContain('states:startExecution (also .sync, .sync:2, .waitForTaskToken)');
    expect(finding).toContain('at /States/S/Resource');
  });

  it('refuses patterns that wait in an Express state machine', () => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true };
    expect(findings(machine(state), 'EXPRESS')).toEqual([
      schema("Express state machine does not support '.waitForTaskToken' service integration", '/States/S/Resource'),
    ]);
  });

  it('returns as many findings as are asked for, and says that there are more', () => {
    const definition = JSON.stringify(machine({ Type: 'Pass', A: 1, B: 2, C: 3, End: true }));
    expect(validateDefinition(definition, { maxResults: 2 })).toMatchObject({
      result: 'FAIL',
      truncated: true,
      diagnostics: { length: 2 },
    });
  });

  it('takes resources apart', () => {
    expect(parseTaskResource('arn:aws:states:::states:startExecution.sync:2')).toMatchObject({
      service: 'states',
      action: 'startExecution',
      pattern: 'SYNC_2',
    });
    expect(parseTaskResource('arn:aws:states:::aws-sdk:dynamodb:query')).toMatchObject({
      service: 'aws-sdk:dynamodb',
      action: 'query',
      pattern: 'REQUEST_RESPONSE',
    });
    expect(parseTaskResource('arn:aws:lambda:eu-west-1:123456789012:function:f:live')).toMatchObject({
      service: 'lambda',
      action: 'function',
    });
  });
});
