import { Testing } from 'cdktf';
import {
  type Definition,
  type JsonataState,
  type JsonataTaskState,
  lambdaInvoke,
  lambdaInvokeWaitForTaskToken,
  NodeFunction,
  StateMachine,
  type StateMachineProps,
  startExecutionSync,
} from '../src';
import { bundle, granted, newStack, onlyResource, permissionsOfRole, readable, resourcesOf } from './support/synthesis';

const DELIVERY =
  'logs:CreateLogDelivery, logs:DeleteLogDelivery, logs:DescribeLogGroups, logs:DescribeResourcePolicies, ' +
  'logs:GetLogDelivery, logs:ListLogDeliveries, logs:PutResourcePolicy, logs:UpdateLogDelivery, ' +
  'xray:GetSamplingRules, xray:GetSamplingTargets, xray:PutTelemetryRecords, xray:PutTraceSegments on *';

const definitionOf = (first: JsonataState): Definition => ({
  QueryLanguage: 'JSONata',
  StartAt: 'First',
  // A state that nothing leads to is refused.
  States: JSON.stringify(first).includes('Rescue') ? { First: first, Rescue: { Type: 'Succeed' } } : { First: first },
});

const PASS = definitionOf({ Type: 'Pass', End: true });

const build = (definition: Definition = PASS, props: Partial<StateMachineProps> = {}) => {
  const stack = newStack();
  return { stack, machine: new StateMachine(stack, 'Machine', { name: 'dev-machine', definition, ...props }) };
};

const withFunction = () => {
  const stack = newStack();
  const fn = new NodeFunction(stack, 'Fn', { name: 'fn', bundle: bundle() });
  const create = (first: JsonataState, props: Partial<StateMachineProps> = {}) =>
    new StateMachine(stack, 'Machine', { name: 'dev-machine', definition: definitionOf(first), ...props });
  return { stack, fn, create };
};

const callback = (fn: NodeFunction, change: Partial<JsonataTaskState> = {}): JsonataState =>
  ({
    ...lambdaInvokeWaitForTaskToken({
      function: fn,
      payload: { taskToken: '{% $states.context.Task.Token %}' },
      timeoutSeconds: 60,
      heartbeatSeconds: 10,
      catch: [{ ErrorEquals: ['States.ALL'], Next: 'Rescue' }],
      next: { End: true },
    }),
    ...change,
  }) as JsonataState;

describe('StateMachine', () => {
  it('is a standard state machine that logs errors, without data, and traces', () => {
    const { stack } = build();

    expect(onlyResource(stack, 'aws_sfn_state_machine')).toMatchObject({
      name: 'dev-machine',
      type: 'STANDARD',
      logging_configuration: { level: 'ERROR', include_execution_data: false },
      tracing_configuration: { enabled: true },
    });
    expect(onlyResource(stack, 'aws_cloudwatch_log_group')).toMatchObject({
      name: '/aws/vendedlogs/states/dev-machine',
      retention_in_days: 30,
    });
  });

  it('writes the definition once, as JSON', () => {
    const { definition } = onlyResource(build().stack, 'aws_sfn_state_machine');

    expect(JSON.parse(String(definition))).toEqual(PASS);
  });

  it('is created after its permissions, which AWS tries on creation', () => {
    const { stack } = build();

    expect(onlyResource(stack, 'aws_sfn_state_machine').depends_on).toEqual(
      Object.keys(resourcesOf(stack, 'aws_iam_role_policy')).map((id) => `aws_iam_role_policy.${id}`),
    );
  });

  it('gives AWS the time that it takes to delete a state machine', () => {
    expect(onlyResource(build().stack, 'aws_sfn_state_machine').timeouts).toEqual({ delete: '30m' });
  });

  it('may deliver its log and its traces, and nothing else, when it calls nothing', () => {
    expect(permissionsOfRole(build().stack, 'dev-machine')).toEqual([DELIVERY]);
  });

  it('lambda:invoke: may invoke exactly the function that it names', () => {
    const { stack, fn, create } = withFunction();
    new NodeFunction(stack, 'Other', { name: 'other', bundle: bundle() });
    create(lambdaInvoke({ function: fn, payload: {}, next: { End: true } }));

    expect(permissionsOfRole(stack, 'dev-machine')).toEqual([
      'lambda:InvokeFunction on <aws_lambda_function.Fn.arn>',
      DELIVERY,
    ]);
  });

  it('lambda:invoke inside a Map counts as well', () => {
    const { stack, fn, create } = withFunction();
    create({
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Inner',
        States: { Inner: lambdaInvoke({ function: fn, payload: {}, next: { End: true } }) },
      },
      End: true,
    });

    expect(permissionsOfRole(stack, 'dev-machine')).toContain('lambda:InvokeFunction on <aws_lambda_function.Fn.arn>');
  });

  it('startExecution.sync:2: may start the child, watch and stop its executions, and use the managed rule', () => {
    const { stack, machine: child } = build();
    new StateMachine(stack, 'Parent', {
      name: 'dev-parent',
      definition: definitionOf(
        startExecutionSync({
          stateMachine: child,
          name: '{% $states.context.Execution.Name %}',
          input: {},
          timeoutSeconds: 60,
          next: { End: true },
        }),
      ),
    });

    const arn = 'aws_sfn_state_machine.Machine.arn';
    expect(permissionsOfRole(stack, 'dev-parent')).toEqual([
      `events:DescribeRule, events:PutRule, events:PutTargets on <replace(replace(${arn}, ':states:', ':events:'), '/:stateMachine:.*/', ':rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')>`,
      DELIVERY,
      `states:DescribeExecution, states:StopExecution on <replace(${arn}, ':stateMachine:', ':execution:')>:*`,
      `states:StartExecution on <${arn}>`,
    ]);
  });

  it.each([
    ['grantStart', 'states:StartExecution on <aws_sfn_state_machine.Machine.arn>'],
    [
      'grantRead',
      "states:DescribeExecution on <replace(aws_sfn_state_machine.Machine.arn, ':stateMachine:', ':execution:')>:*",
    ],
    ['grantTaskResponse', 'states:SendTaskFailure, states:SendTaskSuccess on <aws_sfn_state_machine.Machine.arn>'],
    ['grantTaskHeartbeat', 'states:SendTaskHeartbeat on <aws_sfn_state_machine.Machine.arn>'],
  ] as const)('%s grants exactly: %s', (grant, permission) => {
    const { stack, machine } = build();

    expect(granted(stack, 'states', (fn) => machine[grant](fn))).toEqual([permission]);
  });

  it('accepts a callback state that passes its token, is bounded and catches', () => {
    const { stack, fn, create } = withFunction();
    create(callback(fn));

    const { definition } = onlyResource(stack, 'aws_sfn_state_machine');
    expect(JSON.parse(readable(String(definition))).States.First).toMatchObject({
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      TimeoutSeconds: 60,
      HeartbeatSeconds: 10,
    });
  });

  it('accepts waits that an expression decides', () => {
    const { fn, create } = withFunction();

    expect(() => create(callback(fn, { TimeoutSeconds: '{% $t %}', HeartbeatSeconds: '{% $h %}' }))).not.toThrow();
  });

  it.each<[string, Partial<JsonataTaskState>, string]>([
    [
      'passes no task token',
      { Arguments: { FunctionName: 'arn', Payload: {} } },
      'callback state "First" passes no task token, so no callback can resume it. Put "{% $states.context.Task.Token %}" into its payload.',
    ],
    [
      'may wait for longer than an execution lives',
      { TimeoutSeconds: 31_536_001 },
      'callback state "First" has TimeoutSeconds 31536001; allowed: 1 to 31536000, or a JSONata expression.',
    ],
    ['waits for no time at all', { TimeoutSeconds: 0 }, 'has TimeoutSeconds 0; allowed: 1 to 31536000'],
    [
      'has a fraction for a heartbeat',
      { HeartbeatSeconds: 1.5 },
      'HeartbeatSeconds of state "First" is 1.5; allowed: 1',
    ],
    [
      'has a heartbeat as long as its timeout',
      { HeartbeatSeconds: 60 },
      'callback state "First" has HeartbeatSeconds 60 and TimeoutSeconds 60; HeartbeatSeconds must be less than TimeoutSeconds. Decrease HeartbeatSeconds.',
    ],
    [
      'catches only some errors',
      { Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Rescue' }] },
      'callback state "First" does not catch "States.ALL", so a timeout is not recorded.',
    ],
  ])('refuses a callback state that %s', (_, change, message) => {
    const { fn, create } = withFunction();

    expect(() => create(callback(fn, change))).toThrow(
      `Stack/Machine: ${message}`.replace('Stack/Machine: has', 'has'),
    );
  });

  it('refuses a callback state without a timeout, which would wait for a year', () => {
    const { fn, create } = withFunction();
    const { TimeoutSeconds: _, ...endless } = callback(fn) as JsonataTaskState;

    expect(() => create(endless as JsonataState)).toThrow(
      'callback state "First" has TimeoutSeconds undefined; allowed:',
    );
  });

  it('refuses to log the data of a callback, which holds the task token', () => {
    const { fn, create } = withFunction();

    expect(() => create(callback(fn), { logExecutionData: true })).toThrow(
      '"logExecutionData" is true, but state "First" waits for a callback: its task token would be written to the log.',
    );
  });

  it('refuses a definition that AWS would refuse, naming every state that is wrong', () => {
    const definition: Definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Next: 'Nowhere' },
        Second: { Type: 'Pass', Output: '{% $sum( %}', End: true },
      },
    };

    expect(() => build(definition)).toThrow(
      /^Stack\/Machine: the state machine's definition is not valid:\n(.*\n)* {2}- \/States\/First\/Next: .*Nowhere.* \(MISSING_TRANSITION_TARGET\)\n(.*\n)*Correct the states named above\.$/,
    );
    expect(() => build(definition)).toThrow('/States/Second/Output: ');
  });

  it('refuses text that Terraform would take for a directive', () => {
    expect(() => build(definitionOf({ Type: 'Pass', Output: "{%{'a': 1}%}", End: true }))).toThrow(
      'the definition contains "%{", which Terraform reads as the start of a template directive.',
    );
  });

  it.each(['a b', 'x'.repeat(65), ''])('refuses the name %j', (name) => {
    expect(() => build(PASS, { name })).toThrow(
      `state machine name ${JSON.stringify(name)} is not valid: it has ${
        name.length
      } characters; allowed: 1 to 64 characters of A-Z, a-z, 0-9, _ and -.`,
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    expect(Testing.renderConstructTree(build().machine)).toMatchInlineSnapshot(`
      "Machine (StateMachine)
      ├── Role (ServiceRole)
          ├── Resource (IamRole)
          └── Policy (IamRolePolicy)
      ├── LogGroup (CloudwatchLogGroup)
      └── Resource (SfnStateMachine)
      "
    `);
  });
});
