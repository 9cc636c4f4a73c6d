import { randomUUID } from 'node:crypto';
import { resultXml } from '../../sns';
import { awsSdkIntegration, callService, withText } from '../tasks/call-service';
import type { Integration } from '../tasks/integration';
import { sdkMetadata } from '../tasks/sdk-metadata';
import { type ErrorNaming, serviceFailure } from '../tasks/task-failure';

const isModelled = (code: string): boolean => code !== 'InvalidAction';

const OPTIMIZED_ERRORS: ErrorNaming = {
  prefix: 'SNS',
  service: 'AmazonSNS',
  unmodelled: 'AmazonSNSException',
  isModelled,
  sdk: 1,
};

/** `arn:aws:states:::sns:publish` @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
export const publishMessage: Integration = {
  service: 'sns',
  actions: ['publish'],
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task, environment) {
    const input = withText(task.arguments, ['Message']);
    const published = await callService('sns', task, environment, input, (error) =>
      serviceFailure(error, OPTIMIZED_ERRORS),
    );
    const requestId = randomUUID();
    const headers = [
      ['x-amzn-RequestId', requestId],
      ['Content-Length', String(Buffer.byteLength(resultXml('Publish', published, requestId)))],
      ['Date', new Date(environment.context.clock.now()).toUTCString()],
      ['Content-Type', 'text/xml'],
    ] as const;
    return { ...published, ...sdkMetadata(headers, requestId, 200) };
  },
};

/** `arn:aws:states:::aws-sdk:sns:<action>` */
export const awsSdkSns = awsSdkIntegration({
  id: 'sns',
  name: 'Sns',
  isModelled,
  inputOf: (given) => withText(given, ['Message']),
});
