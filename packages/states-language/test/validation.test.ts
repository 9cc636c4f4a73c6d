import {
  InvalidDefinitionError,
  OPTIMIZED_INTEGRATIONS,
  PATTERN_SUFFIX,
  parseDefinition,
  parseTaskResource,
  validateDefinition,
} from '../src';

const machine = (state: object, more: object = {}): object => ({ StartAt: 'S', States: { S: state }, ...more });

const distributed = (fields: object): object =>
  machine({
    Type: 'Map',
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'I', States: { I: { Type: 'Succeed' } } },
    End: true,
    ...fields,
  });

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
      'a reader in a Map that is not distributed',
      machine({
        Type: 'Map',
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject' },
        End: true,
        ItemProcessor: { StartAt: 'I', States: { I: { Type: 'Succeed' } } },
      }),
      schema("ItemReader is supported only when the processor's Mode is DISTRIBUTED", '/States/S/ItemReader'),
    ],
    [
      'a reader of a distributed Map that names no resource',
      distributed({ ItemReader: {} }),
      schema('These fields are required: [Resource]', '/States/S/ItemReader'),
    ],
    [
      'a writer of a distributed Map with a field of the other query language',
      distributed({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Arguments: {} } }),
      schema("Field 'Arguments' is not supported", '/States/S/ResultWriter'),
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
    'arn:aws:states:::lambda:invoke.sync',
    'arn:aws:states:::ecs:runTask.sync:2',
    'arn:aws:states:::events:putEvents.sync',
    'arn:aws:states:::http:invoke.waitForTaskToken',
    'arn:aws:states:::sqs:receiveMessage',
    'arn:aws:states:::s3:getObject',
    'arn:aws:states:::aws-sdk:s3:GetObject',
    'arn:aws:states:::aws-sdk:s3:getObject.sync',
    'adder',
  ])('refuses the resource %s, as AWS words it', (Resource) => {
    expect(findings(machine({ Type: 'Task', Resource, End: true }))).toEqual([
      schema(
        `The resource provided ${Resource} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`,
        '/States/S/Resource',
      ),
    ]);
  });

  it.each([
    ...Object.entries(OPTIMIZED_INTEGRATIONS).flatMap(([service, actions]) =>
      Object.entries(actions).flatMap(([action, patterns]) =>
        patterns.map((pattern) => `arn:aws:states:::${service}:${action}${PATTERN_SUFFIX[pattern]}`),
      ),
    ),
    'arn:aws:states:::aws-sdk:s3:getObject',
    'arn:aws:states:::aws-sdk:sfn:sendTaskSuccess.waitForTaskToken',
    'arn:aws:states:eu-west-1:123456789012:activity:approve',
    'arn:aws:lambda:eu-west-1:123456789012:function:f:live',
  ])('accepts the resource %s', (Resource) => {
    expect(findings(machine({ Type: 'Task', Resource, End: true }))).toEqual([]);
  });

  it('accepts every field of a distributed Map, whatever a host can run', () => {
    const definition = distributed({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: 'items', 'Key.$': '$.key' },
      },
      ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { 'id.$': '$.id' } },
      ItemSelector: { 'item.$': '$$.Map.Item.Value' },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        WriterConfig: { OutputType: 'JSONL', Transformation: 'COMPACT' },
        Parameters: { Bucket: 'results' },
      },
      Label: 'items',
      MaxConcurrencyPath: '$.concurrency',
      ToleratedFailureCountPath: '$.failures',
      ToleratedFailurePercentage: 5,
    });

    expect(findings(definition)).toEqual([]);
  });

  it('reads states inside a state in the language of the state machine', () => {
    const inner = (fields: object) => ({ StartAt: 'I', States: { I: { Type: 'Pass', End: true, ...fields } } });
    const parallel = (fields: object) =>
      machine({ Type: 'Parallel', QueryLanguage: 'JSONata', Branches: [inner(fields)], End: true });

    expect(findings(parallel({ InputPath: '$.a' }))).toEqual([]);
    expect(findings(parallel({ Output: 1 }))).toEqual([
      schema('Field is not supported when the QueryLanguage is JSONPath', '/States/S/Branches[0]/States/I/Output'),
    ]);
  });

  it('refuses patterns that wait in an Express state machine', () => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true };
    expect(findings(machine(state), 'EXPRESS')).toEqual([
      schema("Express state machine does not support '.waitForTaskToken' service integration", '/States/S/Resource'),
    ]);
  });

  it('refuses activities in an Express state machine', () => {
    const state = { Type: 'Task', Resource: 'arn:aws:states:eu-west-1:123456789012:activity:approve', End: true };
    expect(findings(machine(state), 'EXPRESS')).toEqual([
      schema('Express state machine does not support activities', '/States/S/Resource'),
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
    expect(parseTaskResource('arn:aws:states:eu-west-1:123456789012:activity:approve')).toMatchObject({
      service: 'states',
      action: 'activity',
    });
  });
});
