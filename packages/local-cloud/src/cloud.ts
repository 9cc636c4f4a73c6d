import type { RuntimeClock } from './contracts';
import type { TableService } from './dynamodb';
import type { EventBus } from './eventbridge';
import type { ApiService } from './http-api';
import type { Iam } from './iam';
import type { EventSourceMappings, FunctionService } from './lambda';
import type { SnsService } from './sns';
import type { SqsService } from './sqs';
import type { StepFunctionsService } from './step-functions';

/** The services that resources are created in. */
export interface Cloud {
  readonly region: string;
  readonly clock: RuntimeClock;
  readonly iam: Iam;
  readonly functions: FunctionService;
  readonly dynamoDb: TableService;
  readonly stepFunctions: StepFunctionsService;
  readonly sqs: SqsService;
  readonly sns: SnsService;
  readonly eventSources: EventSourceMappings;
  readonly bus: EventBus;
  readonly apis: ApiService;
}
