import { AwsError } from '../contracts';

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameter', `Invalid parameter: ${message}`, 400);

export const topicDoesNotExist = (): AwsError => new AwsError('NotFound', 'Topic does not exist', 404);

export const subscriptionDoesNotExist = (): AwsError => new AwsError('NotFound', 'Subscription does not exist', 404);
