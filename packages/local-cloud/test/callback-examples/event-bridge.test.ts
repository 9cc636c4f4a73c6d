import type { LocalCloud } from '../../src';
import type { Resources } from '../terraform/support/synthesized';
import { rolesOfServices, trustOf } from '../terraform/support/synthesized';
import { ANSWER, CLOCKS, callbackStack, policyDocument, run, startStack, statement } from './support';

const RULE = '${aws_cloudwatch_event_rule.tasks.arn}';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
const DEFINITION = {
  StartAt: 'Emit',
  States: {
    Emit: {
      Type: 'Task',
      Resource: 'arn:aws:states:::events:putEvents.waitForTaskToken',
      Parameters: {
        Entries: [
          {
            Source: 'my.statemachine',
            DetailType: 'Phase',
            Detail: { Message: 'The workflow has reached Phase 2', 'TaskToken.$': '$$.Task.Token' },
            EventBusName: '${aws_cloudwatch_event_bus.tasks.name}',
          },
        ],
      },
      TimeoutSeconds: 60,
      End: true,
    },
  },
};

const target = (more: object) => ({
  aws_cloudwatch_event_target: {
    tasks: {
      rule: '${aws_cloudwatch_event_rule.tasks.name}',
      event_bus_name: '${aws_cloudwatch_event_bus.tasks.name}',
      arn: '${aws_lambda_function.answer.arn}',
      ...more,
    },
  },
});

const stack = (more: object) =>
  callbackStack(DEFINITION, [statement(['events:PutEvents'], '${aws_cloudwatch_event_bus.tasks.arn}')], [], {
    aws_cloudwatch_event_bus: { tasks: { name: 'tasks' } },
    aws_cloudwatch_event_rule: {
      tasks: {
        name: 'tasks',
        event_bus_name: '${aws_cloudwatch_event_bus.tasks.name}',
        event_pattern: JSON.stringify({ source: ['my.statemachine'], 'detail-type': ['Phase'] }),
      },
    },
    aws_lambda_permission: {
      events: {
        action: 'lambda:InvokeFunction',
        function_name: '${aws_lambda_function.answer.function_name}',
        principal: 'events.amazonaws.com',
        source_arn: RULE,
      },
    },
    ...more,
  } as Resources);

const fromEvent = `${ANSWER}
  exports.handler = ({ detail, resources }) => succeed(detail.TaskToken, resources);
`;

describe("AWS's example of callbacks with EventBridge", () => {
  let cloud: LocalCloud | undefined;
  afterEach(() => cloud?.close());

  it.each(CLOCKS)('runs from Terraform in %s time', async (_, clock) => {
    cloud = await startStack(stack(target({})), fromEvent, clock());
    const { executionArn, output, stateMachineArn, status } = await run(cloud);
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(String(output))).toEqual([stateMachineArn, executionArn]);
  });

  it('gives a target what its transformer makes of the event', async () => {
    const transformer = {
      input_paths: { token: '$.detail.TaskToken', kind: '$.detail-type' },
      input_template: '{"token": <token>, "text": "It is a <kind> of <aws.events.rule-name>"}',
    };
    const code = `${ANSWER}
      exports.handler = ({ text, token }) => succeed(token, text);`;
    cloud = await startStack(stack(target({ input_transformer: transformer })), code, CLOCKS[0][1]());
    expect(await run(cloud)).toMatchObject({ status: 'SUCCEEDED', output: '"It is a Phase of tasks"' });
  });

  it('starts a state machine, as the role of the target', async () => {
    const more = {
      aws_iam_role: {
        ...rolesOfServices(),
        events: { name: 'events', assume_role_policy: trustOf('events.amazonaws.com') },
      },
      aws_iam_policy: {
        start: {
          name: 'start',
          policy: policyDocument(statement(['states:StartExecution'], '${aws_sfn_state_machine.answer.arn}')),
        },
        invoke: { name: 'invoke', policy: policyDocument(statement(['lambda:InvokeFunction'], '*')) },
      },
      aws_iam_role_policy_attachment: {
        start: { role: '${aws_iam_role.events.name}', policy_arn: '${aws_iam_policy.start.arn}' },
        invoke: { role: '${aws_iam_role.machines.name}', policy_arn: '${aws_iam_policy.invoke.arn}' },
      },
      ...target({ arn: '${aws_sfn_state_machine.answer.arn}', role_arn: '${aws_iam_role.events.arn}' }),
    };
    const answering = stack(more);
    const { aws_sfn_state_machine: machines = {} } = answering.resource;
    machines.answer = {
      name: 'answer',
      role_arn: '${aws_iam_role.machines.arn}',
      definition: JSON.stringify({
        StartAt: 'Answer',
        States: { Answer: { Type: 'Task', Resource: '${aws_lambda_function.answer.arn}', End: true } },
      }),
    };
    cloud = await startStack(answering, fromEvent, CLOCKS[0][1]());
    expect(await run(cloud)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('names targets that it does not support', async () => {
    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:x';
    await expect(startStack(stack(target({ arn })), fromEvent, CLOCKS[0][1]())).rejects.toThrow(
      `target ${arn} is not supported; supported are Lambda functions, SQS queues and Step Functions state machines`,
    );
  });
});
