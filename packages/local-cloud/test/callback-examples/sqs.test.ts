import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AutoAdvancingClock, type LocalCloud } from '../../src';
import { clientOptions } from '../support/client-options';
import { ANSWER, CLOCKS, callbackStack, run, startStack, statement } from './support';

const QUEUE = '${aws_sqs_queue.tasks.arn}';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/callback-task-sample-sqs.html */
const DEFINITION = {
  StartAt: 'Start Task And Wait For Callback',
  States: {
    'Start Task And Wait For Callback': {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: {
        QueueUrl: '${aws_sqs_queue.tasks.url}',
        MessageBody: {
          MessageTitle: 'Task started by Step Functions. Waiting for callback with task token.',
          'TaskToken.$': '$$.Task.Token',
        },
      },
      TimeoutSeconds: 3600,
      End: true,
    },
  },
};

const SUCCEED = `${ANSWER}
  exports.handler = async ({ Records }) => {
    for (const { body } of Records) {
      await succeed(JSON.parse(body).TaskToken, 'Callback task completed successfully.');
    }
  };
`;

const MACHINE_MAY = [statement(['sqs:SendMessage'], QUEUE)];
const FUNCTION_MAY = [statement(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], QUEUE)];

function stack(queue: object = {}, mapping: object = {}, functionMay = FUNCTION_MAY) {
  return callbackStack(DEFINITION, MACHINE_MAY, functionMay, {
    aws_sqs_queue: { dead: { name: 'dead' }, tasks: { name: 'tasks', visibility_timeout_seconds: 30, ...queue } },
    aws_lambda_event_source_mapping: {
      tasks: { event_source_arn: QUEUE, function_name: '${aws_lambda_function.answer.arn}', ...mapping },
    },
  });
}

describe("AWS's example of callbacks with SQS and Lambda", () => {
  let cloud: LocalCloud | undefined;
  afterEach(() => cloud?.close());

  it.each(CLOCKS)('runs from Terraform in %s time', async (_, clock) => {
    cloud = await startStack(stack({ delay_seconds: 1 }), SUCCEED, clock());
    expect(await run(cloud)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"Callback task completed successfully."',
    });
  });

  it('tries a message again after its visibility timeout, and puts it with the dead letters in the end', async () => {
    const redrive_policy = '${jsonencode({deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3})}';
    const clock = new AutoAdvancingClock();
    cloud = await startStack(
      stack({ redrive_policy }),
      "exports.handler = async () => { throw new Error('no') };",
      clock,
    );
    const warnings: string[] = [];
    cloud.events.on('warning', (warning) => warnings.push(warning));
    const execution = await run(cloud);
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(warnings).toHaveLength(3);
    const client = new SQSClient(clientOptions(cloud.endpoint));
    const QueueUrl = `${cloud.endpoint}/000000000000/dead`;
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    client.destroy();
    expect(JSON.parse(Messages?.[0]?.Body ?? '')).toHaveProperty('TaskToken');
  });

  it('takes back only the messages that the function names, when it reports them', async () => {
    const failFirst = `
      let first = true;
      exports.handler = async (event) => {
        const { Records } = event;
        if (first) {
          first = false;
          return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
        }
        ${SUCCEED}
        await exports.handler(event);
        return { batchItemFailures: [] };
      };
    `;
    const mapping = { function_response_types: ['ReportBatchItemFailures'], batch_size: 1 };
    cloud = await startStack(stack({}, mapping), failFirst, new AutoAdvancingClock());
    expect(await run(cloud)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('does not start when the function may not read the queue', async () => {
    await expect(startStack(stack({}, {}, []), SUCCEED, new AutoAdvancingClock())).rejects.toThrow(
      'The function execution role does not have permissions to call ReceiveMessage on SQS',
    );
  });

  it('does not start when a message could be visible again before the function has ended', async () => {
    await expect(
      startStack(stack({ visibility_timeout_seconds: 2 }), SUCCEED, new AutoAdvancingClock()),
    ).rejects.toThrow('Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds');
  });

  it('names what it does not support', async () => {
    await expect(
      startStack(stack({}, { filter_criteria: { filter: [] } }), SUCCEED, new AutoAdvancingClock()),
    ).rejects.toThrow('argument `filter_criteria` is not supported');
  });
});
