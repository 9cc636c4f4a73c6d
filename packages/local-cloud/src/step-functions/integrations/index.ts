/** Everything that Task states can be carried out with. An integration is one file, exported here. */
export { awsSdkStepFunctions } from './aws-sdk-sfn';
export { awsSdkDynamoDb, optimizedDynamoDb } from './dynamodb';
export { awsSdkEventBridge, putEvents } from './events';
export { callFunction, invokeFunction } from './lambda';
export { startNestedExecution } from './nested-execution';
export { awsSdkSns, publishMessage } from './sns';
export { awsSdkSqs, sendMessage } from './sqs';
