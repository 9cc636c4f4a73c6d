/**
 * The services one by one, for whoever puts them together otherwise than `startLocalCloud` does: without ports and
 * threads, around functions and tables of their own.
 */
export { arnOf } from './account';
export type { Cloud } from './cloud';
export * from './contracts';
export { DynamoDbService, type TableService, tableArn } from './dynamodb';
export { EventBus, publishStatusChanges } from './eventbridge';
export { type ApiRequest, type ApiResponse, type ApiService, HttpApi, type HttpApiOptions } from './http-api';
export { allowEverything, Iam, type RoleCredentials } from './iam';
export {
  type AsynchronousConfiguration,
  CodeStore,
  EventSourceMappings,
  type FunctionConfiguration,
  type FunctionService,
  functionNameOf,
  type Permission,
  permits,
} from './lambda';
export { SnsService } from './sns';
export { SqsService } from './sqs';
export { StepFunctionsService } from './step-functions';
export { applyStack, type Outputs, readStacks, type Stack } from './terraform';
