import type { LocalCloud } from '../../src';
import { ANSWER, CLOCKS, callbackStack, run, startStack, statement } from './support';

const TOPIC = '${aws_sns_topic.tasks.arn}';
const permission = {
  action: 'lambda:InvokeFunction',
  function_name: '${aws_lambda_function.answer.function_name}',
  principal: 'sns.amazonaws.com',
  source_arn: TOPIC,
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
const DEFINITION = {
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      Parameters: {
        TopicArn: TOPIC,
        Message: { Title: 'Please complete the task', 'TaskToken.$': '$$.Task.Token' },
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'task' } },
      },
      TimeoutSeconds: 60,
      End: true,
    },
  },
};

const SUCCEED = `${ANSWER}
  exports.handler = async ({ Records }) => {
    for (const { Sns } of Records) {
      await succeed(JSON.parse(Sns.Message).TaskToken, Sns.MessageAttributes.kind.Value);
    }
  };
`;

const stack = (subscription: object = {}, more: object = { aws_lambda_permission: { sns: permission } }) =>
  callbackStack(DEFINITION, [statement(['sns:Publish'], TOPIC)], [], {
    aws_sns_topic: { tasks: { name: 'tasks' } },
    aws_sns_topic_subscription: {
      tasks: { topic_arn: TOPIC, protocol: 'lambda', endpoint: '${aws_lambda_function.answer.arn}', ...subscription },
    },
    ...more,
  });

describe("AWS's example of callbacks with SNS", () => {
  let cloud: LocalCloud | undefined;
  afterEach(() => cloud?.close());

  it.each(CLOCKS)('runs from Terraform in %s time', async (_, clock) => {
    cloud = await startStack(stack(), SUCCEED, clock());
    expect(await run(cloud)).toMatchObject({ status: 'SUCCEEDED', output: '"task"' });
  });

  it.each([
    ['MessageAttributes', '{"kind": [{"prefix": "ta"}]}', 'SUCCEEDED'],
    ['MessageAttributes', '{"kind": ["order"]}', 'FAILED'],
    ['MessageBody', '{"Title": [{"prefix": "Please"}]}', 'SUCCEEDED'],
  ])('gives a subscriber only what its filter on %s %s lets through: %s', async (scope, filter, status) => {
    const subscription = { filter_policy: filter, filter_policy_scope: scope };
    cloud = await startStack(stack(subscription), SUCCEED, CLOCKS[0][1]());
    expect(await run(cloud)).toMatchObject({ status });
  });

  it('reaches functions through a queue, as they are or in an envelope', async () => {
    const queue = {
      aws_sqs_queue: { tasks: { name: 'tasks' } },
      aws_sqs_queue_policy: {
        tasks: {
          queue_url: '${aws_sqs_queue.tasks.url}',
          policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'sns.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: '${aws_sqs_queue.tasks.arn}',
                Condition: { ArnEquals: { 'aws:SourceArn': TOPIC } },
              },
            ],
          }),
        },
      },
      aws_iam_role_policy_attachment: {
        queue: {
          role: '${aws_iam_role.functions.name}',
          policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole',
        },
      },
      aws_lambda_event_source_mapping: {
        tasks: { event_source_arn: '${aws_sqs_queue.tasks.arn}', function_name: '${aws_lambda_function.answer.arn}' },
      },
    };
    const subscription = { protocol: 'sqs', endpoint: '${aws_sqs_queue.tasks.arn}' };
    for (const raw of [true, false]) {
      const message = raw ? 'JSON.parse(body)' : 'JSON.parse(JSON.parse(body).Message)';
      const code = `${ANSWER}
        exports.handler = async ({ Records: [{ body }] }) => succeed(${message}.TaskToken, '${raw}');`;
      cloud = await startStack(stack({ ...subscription, raw_message_delivery: raw }, queue), code, CLOCKS[0][1]());
      expect(await run(cloud)).toMatchObject({ status: 'SUCCEEDED', output: `"${raw}"` });
      await cloud.close();
    }
  });

  it('delivers nothing to a function that does not permit it, and says so', async () => {
    cloud = await startStack(stack({}, {}), SUCCEED, CLOCKS[0][1]());
    const warnings: string[] = [];
    cloud.events.on('warning', (warning) => warnings.push(warning));
    expect(await run(cloud)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(warnings).toEqual([expect.stringContaining('sns.amazonaws.com may not invoke answer')]);
  });

  it('names protocols that it does not support', async () => {
    await expect(startStack(stack({ protocol: 'firehose', endpoint: 'x' }), SUCCEED, CLOCKS[0][1]())).rejects.toThrow(
      'Protocol firehose is not supported by this runtime; supported are lambda, sqs, and, without effect, email, email-json, sms',
    );
  });
});
