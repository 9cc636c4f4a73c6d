import { randomUUID } from 'node:crypto';
import { AwsError } from '../../contracts';
import { resultXml } from '../../sns';
import { callService, withText } from '../tasks/call-service';
import type { Integration } from '../tasks/integration';
import { sdkMetadata } from '../tasks/sdk-metadata';
import { type ErrorNaming, serviceFailure } from '../tasks/task-failure';

const OPTIMIZED_ERRORS: ErrorNaming = {
  prefix: 'SNS',
  service: 'AmazonSNS',
  unmodelled: 'AmazonSNSException',
  isModelled: (code) => code !== 'InvalidAction',
  sdk: 1,
};
const AWS_SDK_ERRORS: ErrorNaming = {
  ...OPTIMIZED_ERRORS,
  prefix: 'Sns',
  service: 'Sns',
  unmodelled: 'SnsException',
  sdk: 2,
};

/** `arn:aws:states:::sns:publish` @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
export const publishMessage: Integration = {
  service: 'sns',
  actions: ['publish'],
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task, environment) {
    try {
      const published = await callService('sns', task, environment, withText(task.arguments, ['Message']));
      const requestId = randomUUID();
      const headers = [
        ['x-amzn-RequestId', requestId],
        ['Content-Length', String(Buffer.byteLength(resultXml('Publish', published, requestId)))],
        ['Date', new Date(environment.context.clock.now()).toUTCString()],
        ['Content-Type', 'text/xml'],
      ] as const;
      return { ...published, ...sdkMetadata(headers, requestId, 200) };
    } catch (error) {
      throw error instanceof AwsError ? serviceFailure(error, OPTIMIZED_ERRORS) : error;
    }
  },
};

/** `arn:aws:states:::aws-sdk:sns:<action>` @see https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html */
export const awsSdkSns: Integration = {
  service: 'aws-sdk:sns',
  actions: 'all',
  patterns: ['REQUEST_RESPONSE', 'WAIT_FOR_TASK_TOKEN'],
  async request(task, environment) {
    try {
      return await callService('sns', task, environment, withText(task.arguments, ['Message']));
    } catch (error) {
      throw error instanceof AwsError ? serviceFailure(error, AWS_SDK_ERRORS) : error;
    }
  },
};
