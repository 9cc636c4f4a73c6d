import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Target } from '../target/target';

/** The AWS SDK's clients for a target. */
export interface AwsClients {
  readonly sfn: SFNClient;
  readonly dynamodb: DynamoDBClient;
  /** Closes their connections. */
  close(): void;
}

/** Shorter than a person's patience: a runtime that is gone must show as such, not as a page that hangs. */
const CONNECTION_TIMEOUT_MS = 2000;
const REQUEST_TIMEOUT_MS = 15_000;

export function createClients(target: Target): AwsClients {
  const settings = {
    region: target.region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    ...(target.awsEndpoint === undefined ? {} : { endpoint: target.awsEndpoint }),
    ...(target.credentials === undefined ? {} : { credentials: target.credentials }),
  };
  const sfn = new SFNClient(settings);
  const dynamodb = new DynamoDBClient(settings);
  return {
    sfn,
    dynamodb,
    close() {
      sfn.destroy();
      dynamodb.destroy();
    },
  };
}
