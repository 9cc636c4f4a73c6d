import {
  type Definition,
  findState,
  type JsonataDefinition,
  type JsonPathDefinition,
  passesTaskToken,
  statesOf,
  type TaskState,
  validateDefinition,
} from '../src';

/** Every type of state, in JSONata. That it compiles is part of the test. */
const jsonata: JsonataDefinition = {
  Comment: 'all of it',
  QueryLanguage: 'JSONata',
  StartAt: 'Each',
  TimeoutSeconds: 60,
  States: {
    Each: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:listObjectsV2',
        Arguments: { Bucket: '{% $states.input.bucket %}' },
      },
      ItemBatcher: { MaxItemsPerBatch: '{% $states.input.size %}' },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'Both',
        States: {
          Both: {
            Type: 'Parallel',
            Arguments: { a: 1 },
            Branches: [
              { StartAt: 'Left', States: { Left: { Type: 'Pass', Output: { n: '{% 1 %}' }, End: true } } },
              { StartAt: 'Right', States: { Right: { Type: 'Wait', Seconds: '{% 1 %}', End: true } } },
            ],
            End: true,
          },
        },
      },
      ToleratedFailurePercentage: '{% 5 %}',
      Next: 'Ask',
    },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'ask' },
      Credentials: { RoleArn: '{% $states.input.role %}' },
      TimeoutSeconds: '{% 60 %}',
      HeartbeatSeconds: 10,
      Retry: [{ ErrorEquals: ['States.TaskFailed'], JitterStrategy: 'FULL' }],
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { error: '{% $states.errorOutput %}' }, Next: 'Bad' }],
      Next: 'Choose',
    },
    Choose: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.ok %}', Next: 'Good' }],
      Default: 'Bad',
    },
    Good: { Type: 'Succeed', Output: '{% $states.input %}' },
    Bad: { Type: 'Fail', Error: 'Bad', Cause: '{% $string($states.input) %}' },
  },
};

/** The same in JSONPath, with one state in JSONata. */
const jsonPath: JsonPathDefinition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemSelector: { 'item.$': '$$.Map.Item.Value' },
      MaxConcurrencyPath: '$.concurrency',
      Iterator: {
        StartAt: 'Inner',
        States: { Inner: { Type: 'Pass', Parameters: { 'a.$': '$.a' }, ResultPath: null, End: true } },
      },
      ResultSelector: { 'first.$': '$[0]' },
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      QueryLanguage: 'JSONata',
      Branches: [{ StartAt: 'Late', States: { Late: { Type: 'Wait', TimestampPath: '$.until', End: true } } }],
      Output: '{% $states.result %}',
      Next: 'Ask',
    },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: 'https://queue', MessageBody: { 'token.$': '$$.Task.Token' } },
      Credentials: { 'RoleArn.$': '$.role' },
      TimeoutSecondsPath: '$.timeout',
      HeartbeatSecondsPath: '$.heartbeat',
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Bad' }],
      Next: 'Choose',
    },
    Choose: {
      Type: 'Choice',
      Choices: [
        {
          And: [{ Variable: '$.n', NumericGreaterThanEquals: 1 }, { Not: { Variable: '$.s', StringMatches: 'a*' } }],
          Next: 'Good',
        },
        { Variable: '$.t', TimestampLessThanPath: '$$.Execution.StartTime', Assign: { late: true }, Next: 'Bad' },
      ],
      Default: 'Bad',
    },
    Good: { Type: 'Succeed', InputPath: '$.n', OutputPath: null },
    Bad: { Type: 'Fail', ErrorPath: '$.error', CausePath: "States.Format('{}', $.cause)" },
  },
};

describe('a document', () => {
  it.each([
    ['JSONata', jsonata],
    ['JSONPath', jsonPath],
  ])('of %s that the types accept is valid', (_, definition: Definition) => {
    expect(validateDefinition(JSON.stringify(definition)).diagnostics).toEqual([]);
  });

  it('is walked with the place of each state, outer states first', () => {
    const seen = [...statesOf(jsonata)].map(({ name, location, parent, branchIndex }) => [
      name,
      location,
      parent,
      branchIndex,
    ]);

    expect(seen).toEqual([
      ['Each', '/States/Each', undefined, undefined],
      ['Both', '/States/Each/ItemProcessor/States/Both', 'Each', undefined],
      ['Left', '/States/Each/ItemProcessor/States/Both/Branches[0]/States/Left', 'Both', 0],
      ['Right', '/States/Each/ItemProcessor/States/Both/Branches[1]/States/Right', 'Both', 1],
      ['Ask', '/States/Ask', undefined, undefined],
      ['Choose', '/States/Choose', undefined, undefined],
      ['Good', '/States/Good', undefined, undefined],
      ['Bad', '/States/Bad', undefined, undefined],
    ]);
  });

  it('says what language each state is written in, which states inside do not take over', () => {
    const languages = Object.fromEntries([...statesOf(jsonPath)].map(({ name, language }) => [name, language]));

    expect(languages).toMatchObject({ Each: 'JSONPath', Inner: 'JSONPath', Both: 'JSONata', Late: 'JSONPath' });
  });

  it('is searched at every depth', () => {
    expect(findState(jsonata, 'Right')).toMatchObject({ Type: 'Wait' });
    expect(findState(jsonata, 'Nowhere')).toBeUndefined();
  });
});

describe('passesTaskToken', () => {
  const task = (fields: object) => ({ Type: 'Task', Resource: 'r', End: true, ...fields }) as TaskState;

  it.each<[boolean, object]>([
    [true, { Arguments: { a: ['{% $states.context.Task.Token %}'] } }],
    [true, { Arguments: '{% {"token": $states.context.Task.Token} %}' }],
    [true, { Arguments: { everything: '{% $states.context %}' } }],
    [false, { Arguments: { id: '{% $states.context.Execution.Id %}' } }],
    [false, { Arguments: { id: '{% $states.context.TaskToken %}' } }],
    [true, { Parameters: { Payload: { 'token.$': '$$.Task.Token' } } }],
    [true, { Parameters: { 'all.$': '$$' } }],
    [true, { Parameters: { 'text.$': "States.Format('{}', $$.Task.Token)" } }],
    [false, { Parameters: { token: '$$.Task.Token' } }],
    [false, { Parameters: { 'id.$': '$$.Execution.Id' } }],
    [false, {}],
  ])('%s: %j', (expected, fields) => {
    expect(passesTaskToken(task(fields))).toBe(expected);
  });
});
