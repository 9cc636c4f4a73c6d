import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientOptions } from '@workflows/lambda-commons/aws-client';

/** Three tries of this end well before the function does: a dependency that hangs becomes a 503, or a retry of the state. */
const REQUEST_TIMEOUT_MS = 2500;

export const createStepFunctionsClient = (): SFNClient => new SFNClient(clientOptions(REQUEST_TIMEOUT_MS));

export const createDynamoDbClient = (): DynamoDBClient => new DynamoDBClient(clientOptions(REQUEST_TIMEOUT_MS));
