import type { RuntimeClock } from './contracts';
import type { DynamoDbService } from './dynamodb';
import type { EventBus } from './eventbridge';
import type { HttpApis } from './http-api';
import type { Iam } from './iam';
import type { Functions } from './lambda';
import type { StepFunctionsService } from './step-functions';

/** The services that resources are created in. */
export interface Cloud {
  readonly region: string;
  readonly clock: RuntimeClock;
  readonly iam: Iam;
  readonly functions: Functions;
  readonly dynamoDb: DynamoDbService;
  readonly stepFunctions: StepFunctionsService;
  readonly bus: EventBus;
  readonly apis: HttpApis;
}
