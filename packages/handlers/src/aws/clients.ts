import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/**
 * Bounds for every AWS call. Three tries of at most 2.5 s each end well before the function does, so a dependency
 * that hangs becomes a clean 503 or a retry of the state, not a function that is killed halfway.
 */
const bounds = () => ({
  maxAttempts: 3,
  requestHandler: new NodeHttpHandler({
    connectionTimeout: 1000,
    requestTimeout: 2500,
    throwOnRequestTimeout: true,
  }),
});

/** Region, credentials and endpoint come from the environment that Lambda gives the function. */
export const createStepFunctionsClient = (): SFNClient => new SFNClient(bounds());

export const createDynamoDbClient = (): DynamoDBClient => new DynamoDBClient(bounds());
