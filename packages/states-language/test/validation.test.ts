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
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'I',
      States: { I: { Type: 'Succeed' } },
    },
    End: true,
    ...fields,
  });

/** A state before one that ends. */
const beside = (state: object): object => ({ StartAt: 'S', States: { S: state, End: { Type: 'Succeed' } } });

const caught = { Type: 'Parallel', Catch: [{ ErrorEquals: ['A'], Next: 'End' }] };

const inner = (fields: object = {}): object => ({
  StartAt: 'I',
  States: { I: { Type: 'Pass', End: true, ...fields } },
});

const jsonata = (expression: string): object =>
  machine({ Type: 'Pass', Output: { v: [`{% ${expression} %}`] }, End: true }, { QueryLanguage: 'JSONata' });

function findings(definition: object | string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): string[] {
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  return validateDefinition(text, { type }).diagnostics.map(
    ({ code, location = null, message }) => `${code}: ${message} at ${location}`,
  );
}

const schema = (message: string, location: string): string => `SCHEMA_VALIDATION_FAILED: ${message} at ${location}`;

const WAITS = '[SecondsPath, Seconds, TimestampPath, Timestamp]';

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
    ['a state without a type', machine({ End: true }), schema('These fields are required: [Type]', '/States/S')],
    [
      'a state of a type that there is not',
      machine({ Type: 'Job', End: true }),
      schema(
        "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]",
        '/States/S/Type',
      ),
    ],
    [
      'both Next and End',
      machine({ Type: 'Pass', Next: 'S', End: true }),
      schema('There should only be one of the following fields: [Next, End]', '/States/S'),
    ],
    [
      'neither Next nor End',
      beside({ ...caught, Branches: [inner()] }),
      schema('This object should have only one of the following fields: [Next, End]', '/States/S'),
    ],
    [
      'a target that is not there',
      beside({ ...caught, Branches: [inner()], Next: 'Nowhere' }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/S/Next",
    ],
    [
      'a default that is not there',
      beside({ Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'End' }], Default: 'Nowhere' }),
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/S/Default",
    ],
    [
      'a start that is not there',
      {
        StartAt: 'X',
        States: {
          S: { Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, Next: 'T' }], Default: 'T' },
          T: {
            Type: 'Parallel',
            Branches: [{ StartAt: 'B', States: { B: { Type: 'Succeed' } } }],
            End: true,
            Catch: [{ ErrorEquals: ['States.ALL'], Next: 'S' }],
          },
        },
      },
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /StartAt",
    ],
    [
      'a state that only itself leads to',
      { StartAt: 'S', States: { S: { Type: 'Succeed' }, T: { Type: 'Pass', Next: 'T' } } },
      'MISSING_TRANSITION_TARGET: State "T" is not reachable. at /States/T',
    ],
    [
      'a state machine without an end',
      {
        StartAt: 'A',
        States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' }, C: { Type: 'Pass', Next: 'A' } },
      },
      'MISSING_END_STATE: Workflow has no terminal state at null',
    ],
    ['no states', { StartAt: 'S', States: {} }, schema('Value cannot be empty', '/States')],
    [
      'a name that is too long',
      { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: { Type: 'Succeed' } } },
      `INVALID_STATE_NAME: Invalid State name: '${'x'.repeat(81)}' exceeds the 80-character limit allowed by the service at /States/${'x'.repeat(81)}`,
    ],
    [
      'a state that nothing leads to',
      { StartAt: 'S', States: { S: { Type: 'Succeed' }, T: { Type: 'Succeed' } } },
      'MISSING_TRANSITION_TARGET: State "T" is not reachable. at /States/T',
    ],
    [
      'a JSONPath field in a JSONata state',
      machine({ Type: 'Pass', QueryLanguage: 'JSONata', InputPath: '$', End: true }),
      schema(
        "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported for the 'JSONPath' QueryLanguage",
        '/States/S',
      ),
    ],
    [
      'JSONPath within JSONata',
      machine({ Type: 'Succeed', QueryLanguage: 'JSONPath' }, { QueryLanguage: 'JSONata' }),
      schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", '/States/S'),
    ],
    [
      'JSONPath within JSONata, and says nothing more of its fields',
      machine({ Type: 'Pass', QueryLanguage: 'JSONPath', Output: 1, End: true }, { QueryLanguage: 'JSONata' }),
      schema("'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine", '/States/S'),
    ],
    [
      'a language that there is not, and takes it for JSONata',
      machine({ Type: 'Pass', QueryLanguage: 'jsonpath', Output: 1, End: true }),
      schema('Value should be one of the following: [JSONPath, JSONata]', '/States/S/QueryLanguage'),
    ],
    [
      'a language of the whole state machine that is no text',
      machine({ Type: 'Succeed' }, { QueryLanguage: 5 }),
      schema('Expected value of type [STRING]', '/QueryLanguage'),
    ],
    [
      'an expression that does not parse',
      machine({ Type: 'Succeed', QueryLanguage: 'JSONata', Output: { a: '{% 1 + %}' } }),
      'INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output/a',
    ],
    [
      'an expression that is not closed',
      machine({ Type: 'Succeed', QueryLanguage: 'JSONata', Output: '{% 1' }),
      schema('JSONata string must start with {% and end with %}', '/States/S/Output'),
    ],
    [
      'a wildcard in ResultPath',
      machine({ Type: 'Pass', ResultPath: '$[*]', End: true }),
      schema('Value is not a Reference Path: $[*]', '/States/S/ResultPath'),
    ],
    [
      'two ends of a wait',
      machine({ Type: 'Wait', Seconds: 1, SecondsPath: '$', End: true }),
      schema(`There should only be one of the following fields: ${WAITS}`, '/States/S'),
    ],
    [
      'no end of a wait',
      machine({ Type: 'Wait', End: true }),
      schema(`This object should have only one of the following fields: ${WAITS}`, '/States/S'),
    ],
    [
      'a wait until an instant without a zone',
      machine({ Type: 'Wait', Timestamp: '2016-12-05 21:29:29Z', End: true }),
      schema('String does not match RFC3339 timestamp', '/States/S/Timestamp'),
    ],
    [
      'a negative wait',
      machine({ Type: 'Wait', Seconds: -1, End: true }),
      schema('Minimum value is 0', '/States/S/Seconds'),
    ],
    [
      'a reserved variable',
      machine({ Type: 'Pass', Assign: { states: 1 }, End: true }),
      "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign/states",
    ],
    [
      'a variable whose name is none',
      machine({ Type: 'Pass', Assign: { 'a-b': 1 }, End: true }),
      "INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains invalid characters. at /States/S/Assign/a-b",
    ],
    [
      'a rule with two operators',
      beside({ Type: 'Choice', Choices: [{ Variable: '$', IsNull: true, IsString: true, Next: 'End' }] }),
      schema('There should only be one of the following fields: [IsNull, IsString]', '/States/S/Choices[0]'),
    ],
    [
      'no rules',
      beside({ Type: 'Choice', Choices: [], Default: 'End' }),
      schema('Value cannot be empty', '/States/S/Choices'),
    ],
    [
      'a rule about nothing',
      beside({ Type: 'Choice', Choices: [{ Next: 'End' }] }),
      schema(
        'The object must have only one of the following fields, [And, Or, Not, Variable, Condition]',
        '/States/S/Choices[0]',
      ),
    ],
    [
      'a rule inside a rule that leads somewhere',
      beside({ Type: 'Choice', Choices: [{ Not: { Variable: '$', IsNull: true, Next: 'End' }, Next: 'End' }] }),
      schema("Field 'Next' is not supported", '/States/S/Choices[0]/Not'),
    ],
    [
      'no branches',
      machine({ Type: 'Parallel', Branches: [], End: true }),
      schema('Value cannot be empty', '/States/S/Branches'),
    ],
    [
      'a branch with a language of its own',
      machine({ Type: 'Parallel', Branches: [{ ...inner(), QueryLanguage: 'JSONata' }], End: true }),
      schema("Field 'QueryLanguage' is not supported", '/States/S/Branches[0]'),
    ],
    ...['ItemProcessor', 'Iterator'].map((field): [string, object, string] => [
      `an unknown field of ${field}`,
      machine({ Type: 'Map', [field]: { ...inner(), Foo: 1 }, End: true }),
      schema("Field 'Foo' is not supported", `/States/S/${field}`),
    ]),
    [
      'a Map that does nothing',
      machine({ Type: 'Map', End: true }),
      schema('This object should have only one of the following fields: [ItemProcessor, Iterator]', '/States/S'),
    ],
    [
      'an unknown field of ProcessorConfig',
      machine({ Type: 'Map', ItemProcessor: { ...inner(), ProcessorConfig: { Foo: 1 } }, End: true }),
      schema("Field 'Foo' is not supported", '/States/S/ItemProcessor/ProcessorConfig'),
    ],
    [
      'a distributed Map that does not say what its children are',
      machine({ Type: 'Map', ItemProcessor: { ...inner(), ProcessorConfig: { Mode: 'DISTRIBUTED' } }, End: true }),
      schema('These fields are required: [ExecutionType]', '/States/S/ItemProcessor/ProcessorConfig'),
    ],
    [
      'two sizes of a batch',
      distributed({ ItemBatcher: { MaxItemsPerBatch: 2, MaxItemsPerBatchPath: '$.a' } }),
      schema(
        'There should only be one of the following fields: [MaxItemsPerBatch, MaxItemsPerBatchPath]',
        '/States/S/ItemBatcher',
      ),
    ],
    [
      'a batch of less than nothing',
      distributed({ ItemBatcher: { MaxItemsPerBatch: -2 } }),
      schema('Minimum value is 0', '/States/S/ItemBatcher/MaxItemsPerBatch'),
    ],
    [
      'a tolerated percentage above 100',
      distributed({ ToleratedFailurePercentage: 101 }),
      schema('Maximum value is 100.0', '/States/S/ToleratedFailurePercentage'),
    ],
    [
      'a number of a Map that is in the Context object',
      distributed({ MaxConcurrencyPath: '$$.Execution.Input.n' }),
      schema('Value is not a Reference Path: $$.Execution.Input.n', '/States/S/MaxConcurrencyPath'),
    ],
    [
      'a CSV file of which nobody knows where its header is',
      distributed({
        ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'CSV' }, Parameters: {} },
      }),
      schema("The field 'CSVHeaderLocation' is required", '/States/S/ItemReader/ReaderConfig'),
    ],
    [
      'a writer that writes nowhere',
      distributed({ ResultWriter: {} }),
      schema('Value cannot be empty', '/States/S/ResultWriter'),
    ],
    ...[
      ['', 'is empty'],
      ['x'.repeat(41), 'exceeds the 40-character limit allowed by the service'],
      ...['a b', 'a*', '<a>', 'a/b', 'a\u0001'].map((label) => [
        label,
        'contains characters that are not allowed: white space, wildcards, brackets, special or control characters',
      ]),
    ].map(([label, problem]): [string, object, string] => [
      `the label ${JSON.stringify(label)}`,
      distributed({ Label: label }),
      `INVALID_LABEL_NAME: Invalid Label name: '${label}' ${problem} at /States/S/Label`,
    ]),
    ...[{}, { Role: 'r' }].map((Credentials): [string, object, string] => [
      `credentials without a role: ${JSON.stringify(Credentials)}`,
      machine({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Credentials, End: true }),
      schema("The field 'RoleArn' is required but was missing", '/States/S/Credentials'),
    ]),
    ...[null, 'role'].map((Credentials): [string, object, string] => [
      `credentials that are no object: ${Credentials}`,
      machine({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Credentials, End: true }),
      schema('Expected value of type [OBJECT]', '/States/S/Credentials'),
    ]),
    [
      'credentials for an activity',
      machine({
        Type: 'Task',
        Resource: 'arn:aws:states:eu-west-1:123456789012:activity:a',
        Credentials: { RoleArn: 'r' },
        End: true,
      }),
      schema("The field 'Credentials' is not supported for activities", '/States/S/Credentials'),
    ],
    [
      'a field that is given as a text and as a path',
      machine({ Type: 'Pass', Parameters: { a: 1, 'a.$': '$' }, End: true }),
      schema("Duplicate field 'a': it is given as 'a' and as 'a.$'", '/States/S/Parameters'),
    ],
    [
      'States.ALL before others',
      machine({
        Type: 'Parallel',
        End: true,
        Branches: [{ StartAt: 'B', States: { B: { Type: 'Succeed' } } }],
        Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }],
      }),
      schema('States.ALL must appear alone and at end of list', '/States/S/Retry[0]/ErrorEquals'),
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
      'a reader of a distributed Map that names no resource',
      distributed({ ItemReader: {} }),
      schema('These fields are required: [Resource]', '/States/S/ItemReader'),
    ],
    [
      'a writer of a distributed Map with a field of the other query language',
      distributed({ ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: {}, Arguments: {} } }),
      schema(
        "The QueryLanguage is set to 'JSONPath', but field 'Arguments' is only supported for the 'JSONata' QueryLanguage",
        '/States/S/ResultWriter',
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
        (place) => `UNSUPPORTED_JSONATA_EXPRESSION: Field '$states.${place.replace(' at', "' does not exist. at")}`,
      ),
    );
  });

  it.each(['INLINE', 'DISTRIBUTED'])(
    'keeps the variables of the scopes around a Map (%s) apart from its own',
    (Mode) => {
      const States = { I: { Type: 'Pass', Assign: { 'x.$': '$', y: 1 }, End: true } };
      const ProcessorConfig = { Mode, ...(Mode === 'DISTRIBUTED' ? { ExecutionType: 'STANDARD' } : {}) };
      const ItemProcessor = { ProcessorConfig, StartAt: 'I', States };
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
    const parallel = (fields: object) =>
      machine({ Type: 'Parallel', QueryLanguage: 'JSONata', Branches: [inner(fields)], End: true });

    expect(findings(parallel({ InputPath: '$.a' }))).toEqual([]);
    expect(findings(parallel({ Output: 1 }))).toEqual([
      schema(
        "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage",
        '/States/S/Branches[0]/States/I',
      ),
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
      schema('Express state machine does not support Activity ARN', '/States/S/Resource'),
    ]);
  });

  it('refuses a distributed Map in an Express state machine', () => {
    expect(findings(distributed({}), 'EXPRESS')).toEqual([
      schema(
        "The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines",
        '/States/S/ItemProcessor/ProcessorConfig/Mode',
      ),
    ]);
  });

  it('refuses the label of another Map', () => {
    const map = (name: string, rest: object) => ({
      Type: 'Map',
      Label: 'same',
      ItemProcessor: { StartAt: name, States: { [name]: { Type: 'Succeed' } } },
      ...rest,
    });
    const States = { A: map('I', { Next: 'B' }), B: map('J', { End: true }) };
    expect(findings({ StartAt: 'A', States })).toEqual([
      'DUPLICATE_LABEL_NAME: Duplicate Label name: same at /States/B/Label',
    ]);
  });

  it('accepts a loop without an end inside a state', () => {
    const States = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };
    expect(findings(machine({ Type: 'Map', ItemProcessor: { StartAt: 'A', States }, End: true }))).toEqual([]);
  });

  it('accepts fields of distributed Maps in any Map, as AWS does', () => {
    const fields = { Label: 'l', ItemBatcher: { MaxItemsPerBatch: 1 }, ToleratedFailureCount: 1 };
    expect(findings(machine({ Type: 'Map', ItemProcessor: inner(), End: true, ...fields }))).toEqual([]);
  });

  it.each([
    'phone',
    'phone[0].number',
    '-phone',
    '$states.input.a ? phone : 2',
    "phone & 'x'",
    '$sum(phone)',
    'phone(1)',
    'phone ~> $string()',
    '[1..phone]',
    '(phone).other',
    '[phone].other',
    '{phone: 1}',
    '($x := phone; $x)',
    '$map($states.input.a, function($y){ phone })',
    '$count(phone[inner])',
    'phone.**.deeper',
  ])('refuses %s, which has no context to be read from', (expression) => {
    expect(findings(jsonata(expression))).toEqual([
      "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/S/Output/v[0]",
    ]);
  });

  it.each([
    ['$', "'$' at the top level"],
    ['$.phone', "'$' at the top level"],
    ['$map($states.input.a, function($x){ $ })', "'$' at the top level"],
    ['$$', "'$$'"],
    ['$$.phone', "'$$'"],
  ])('refuses %s', (expression, what) => {
    expect(findings(jsonata(expression))).toEqual([
      `UNSUPPORTED_JSONATA_EXPRESSION: Reference to ${what} is not supported. at /States/S/Output/v[0]`,
    ]);
  });

  it('refuses each name once', () => {
    expect(findings(jsonata('bbb + aaa + bbb')).map((finding) => finding.split("'")[1])).toEqual(['bbb', 'aaa']);
  });

  it.each([
    '$states.input.a.phone[0]',
    '$states.input.items[phone > 3]',
    '$states.input.a^(phone)',
    "$states.input.a{'k': phone}",
    '$states.input.a.(phone)',
    '$phone',
    "$states.input ~> |phone|{'b': 1}|",
    '**.phone',
    "{'k': 1}.phone",
    '$states.input.a[$ > 1]',
    'function($x){ $x.phone } ~> $string()',
    "'phone'",
    '$now()',
  ])('accepts %s', (expression) => {
    expect(findings(jsonata(expression))).toEqual([]);
  });

  it('leaves names of errors and comments as they are', () => {
    const state = { Type: 'Pass', Comment: '{% phone %}', End: true };
    expect(findings(machine(state, { QueryLanguage: 'JSONata' }))).toEqual([]);
  });

  it.each([
    [' ', 'SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object', undefined],
    ['[]', 'SCHEMA_VALIDATION_FAILED', 'Definition must be a valid JSON object', undefined],
    [
      'not a definition',
      'INVALID_JSON_DESCRIPTION',
      `Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: (String)"not a definition"; line: 1, column: 4]`,
      '[Source: (String)"not a definition"; line: 1, column: 4]',
    ],
    [
      '{\n"a":1 "b"}',
      'INVALID_JSON_DESCRIPTION',
      `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries\n at [Source: (String)"{\n"a":1 "b"}"; line: 2, column: 8]`,
      '[Source: (String)"{\n"a":1 "b"}"; line: 2, column: 8]',
    ],
  ])('says of %j what AWS says', (definition, code, message, location) => {
    expect(validateDefinition(definition).diagnostics).toEqual([
      { severity: 'ERROR', code, message, ...(location === undefined ? {} : { location }) },
    ]);
  });

  it('warns, when asked to, of what was probably meant to be evaluated', () => {
    const definition = JSON.stringify({
      StartAt: 'P',
      States: {
        P: { Type: 'Pass', Parameters: { a: { b: '$.x' }, c: 'States.UUID()', d: '$5' }, Next: 'R' },
        R: { Type: 'Pass', Result: { 'a.$': '$' }, Next: 'F' },
        F: { Type: 'Fail', Error: '$.error', Cause: 'cause' },
      },
    });

    expect(validateDefinition(definition)).toMatchObject({ result: 'OK', diagnostics: [] });
    const { result, diagnostics } = validateDefinition(definition, { severity: 'WARNING' });
    expect(result).toBe('OK');
    expect(diagnostics.map(({ severity, code, location }) => [severity, code, location])).toEqual([
      ['WARNING', 'NO_DOLLAR', '/States/P/Parameters/a/b'],
      ['WARNING', 'NO_DOLLAR', '/States/P/Parameters/c'],
      ['WARNING', 'PASS_RESULT_IS_STATIC', '/States/R/Result'],
      ['WARNING', 'NO_PATH', '/States/F/Error'],
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
