/**
 * Proves that no role has an action or a resource that its code does not use: every role's statements, word for word,
 * and what the contract says of each function.
 */
import { FUNCTIONS, type FunctionName } from '@workflows/contract';
import { STACKS, type StackName, synthesize } from './support/synthesized';

const stacks = synthesize();

const WORKFLOW = 'aws_sfn_state_machine.Workflow.arn';
const COMPOSITE = 'aws_sfn_state_machine.CompositeWorkflow.arn';
const IDEMPOTENT = 'aws_sfn_state_machine.WorkflowIdempotent.arn';
const TASKS = '<aws_dynamodb_table.Tasks_Table.arn>';
const RECORDS = '<aws_dynamodb_table.IdempotencyRecords.arn>';

const executionsOf = (machine: string) => `<replace(${machine}, ':stateMachine:', ':execution:')>:*`;
const fn = (id: string) => `<aws_lambda_function.${id}.arn>`;

/** Every role and what it may do beside logging and tracing. */
const PERMISSIONS: Readonly<Record<StackName, Readonly<Record<string, readonly string[]>>>> = {
  WorkflowsLambdaStack: {
    'fibonacci-generator': [],
    WorkflowLambda: [`lambda:InvokeFunction on ${fn('FibonacciGenerator')}`],
  },
  WorkflowIdempotentStack: {
    'start-idempotent-workflow': [
      `dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem on ${RECORDS}`,
      `states:DescribeExecution on ${executionsOf(IDEMPOTENT)}`,
      `states:StartExecution on <${IDEMPOTENT}>`,
    ],
    'get-idempotent-workflow': [
      `dynamodb:GetItem on ${RECORDS}`,
      `states:DescribeExecution on ${executionsOf(IDEMPOTENT)}`,
    ],
    'idempotent-api-fallback': [],
    WorkflowIdempotent: [],
  },
  WorkflowsStack: {
    'call-external': [
      `dynamodb:GetItem, dynamodb:UpdateItem on ${TASKS}`,
      `states:SendTaskFailure, states:SendTaskSuccess on <${WORKFLOW}>`,
    ],
    'close-task': [`dynamodb:GetItem, dynamodb:UpdateItem on ${TASKS}`],
    'complete-task': [
      `dynamodb:GetItem, dynamodb:UpdateItem on ${TASKS}`,
      `states:DescribeExecution on ${executionsOf(WORKFLOW)}`,
      `states:SendTaskFailure, states:SendTaskSuccess on <${WORKFLOW}>`,
    ],
    'external-service': [`lambda:InvokeFunction on ${fn('ExternalService')}`],
    'get-composite-workflow': [`states:DescribeExecution on ${executionsOf(COMPOSITE)}`],
    'get-task': [`dynamodb:GetItem on ${TASKS}`],
    'get-workflow': [`dynamodb:GetItem on ${TASKS}`, `states:DescribeExecution on ${executionsOf(WORKFLOW)}`],
    'heartbeat-task': [
      `dynamodb:GetItem on ${TASKS}`,
      `states:DescribeExecution on ${executionsOf(WORKFLOW)}`,
      `states:SendTaskHeartbeat on <${WORKFLOW}>`,
    ],
    'measure-waiting': [`dynamodb:Query on ${TASKS}/index/waiting`],
    'service-api-fallback': [],
    'settle-task': [`dynamodb:GetItem, dynamodb:UpdateItem on ${TASKS}`],
    'start-composite-workflow': [
      `states:DescribeExecution on ${executionsOf(COMPOSITE)}`,
      `states:StartExecution on <${COMPOSITE}>`,
    ],
    'start-task': [
      `dynamodb:PutItem on ${TASKS}`,
      `states:DescribeExecution on ${executionsOf(WORKFLOW)}`,
      `states:StartExecution on <${WORKFLOW}>`,
    ],
    'start-workflow': [
      `dynamodb:PutItem on ${TASKS}`,
      `states:DescribeExecution on ${executionsOf(WORKFLOW)}`,
      `states:StartExecution on <${WORKFLOW}>`,
    ],
    'workflow-api-fallback': [],
    Workflow: [`lambda:InvokeFunction on ${fn('CallExternal')}`, `lambda:InvokeFunction on ${fn('SettleTask')}`],
    WorkflowComposite: [
      `events:DescribeRule, events:PutRule, events:PutTargets on <replace(replace(${WORKFLOW}, ':states:', ':events:'), '/:stateMachine:.*/', ':rule/StepFunctionsGetEventsForStepFunctionsExecutionRule')>`,
      `states:DescribeExecution, states:StopExecution on ${executionsOf(WORKFLOW)}`,
      `states:StartExecution on <${WORKFLOW}>`,
    ],
  },
};

/** Why AWS leaves no choice but `*`. */
const WILDCARDS: Readonly<Record<string, string>> = {
  'xray:PutTelemetryRecords, xray:PutTraceSegments on *': 'X-Ray knows no resource for what it is sent',
  'logs:CreateLogDelivery, logs:DeleteLogDelivery, logs:DescribeLogGroups, logs:DescribeResourcePolicies, logs:GetLogDelivery, logs:ListLogDeliveries, logs:PutResourcePolicy, logs:UpdateLogDelivery, xray:GetSamplingRules, xray:GetSamplingTargets, xray:PutTelemetryRecords, xray:PutTraceSegments on *':
    'log delivery and X-Ray know no resource',
};

const isOwnLog = (permission: string) =>
  /^logs:CreateLogStream, logs:PutLogEvents on <aws_cloudwatch_log_group\.\w+_LogGroup\.arn>:\*$/.test(permission);

const rolesOf = (stack: StackName) =>
  stacks[stack].all('aws_iam_role').map((it) => String(it.name).replace(/^dev-/, ''));

describe.each(STACKS)('%s', (stack) => {
  it('has exactly these roles', () => {
    expect(rolesOf(stack).sort()).toEqual(Object.keys(PERMISSIONS[stack]).sort());
  });

  it.each(Object.entries(PERMISSIONS[stack]))('%s may do what its code does, and nothing else', (role, expected) => {
    const permissions = stacks[stack].permissionsOf(`dev-${role}`);

    expect(permissions.filter((it) => !isOwnLog(it) && !(it in WILDCARDS))).toEqual(expected);
  });

  it('has no wildcard that AWS does not ask for, and none in an action', () => {
    const permissions = rolesOf(stack).flatMap((role) => stacks[stack].permissionsOf(`dev-${role}`));

    expect(permissions.filter((it) => it.endsWith(' on *') && !(it in WILDCARDS))).toEqual([]);
    expect(permissions.filter((it) => (it.split(' on ')[0] ?? '').includes('*'))).toEqual([]);
  });

  it('gives every function and every state machine a role of its own', () => {
    const users = ['aws_lambda_function', 'aws_sfn_state_machine'].flatMap((type) => stacks[stack].all(type));
    const roles = users.map((it) => it.role ?? it.role_arn);

    expect(new Set(roles).size).toBe(users.length);
  });

  it('has no secret in an environment variable', () => {
    for (const it of stacks[stack].all('aws_lambda_function')) {
      const { variables } = it.environment as { variables: Record<string, string> };
      const suspicious = Object.keys(variables).filter((name) => /secret|password|token|key/i.test(name));
      expect(suspicious).toEqual([]);
    }
  });
});

describe('the contract', () => {
  const functions = STACKS.flatMap((stack) =>
    stacks[stack].all('aws_lambda_function').map((it) => {
      const { variables } = it.environment as { variables: Record<string, string> };
      return { stack, name: String(it.function_name), service: variables.POWERTOOLS_SERVICE_NAME, variables };
    }),
  );
  const contractOf = (service: string | undefined) => FUNCTIONS[service as FunctionName];

  it('names every function that is deployed, and no other', () => {
    expect([...new Set(functions.map((it) => it.service))].sort()).toEqual(Object.keys(FUNCTIONS).sort());
  });

  it.each(functions.map((it) => [it.name, it] as const))(
    'says which environment %s gets',
    (_, { service, variables }) => {
      const common = ['NODE_OPTIONS', 'POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_SERVICE_NAME'];

      expect(Object.keys(variables).sort()).toEqual([...common, ...contractOf(service).environment].sort());
    },
  );

  it.each(functions.map((it) => [it.name, it] as const))('says what %s may do', (_, { stack, name, service }) => {
    const granted = stacks[stack]
      .permissionsOf(name)
      .flatMap((it) => (it.split(' on ')[0] ?? '').split(', '))
      .filter((action) => !/^(logs|xray):/.test(action));

    expect(granted.sort()).toEqual(
      contractOf(service)
        .permissions.flatMap(({ actions }) => actions)
        .sort(),
    );
  });
});
