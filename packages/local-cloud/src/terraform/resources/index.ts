/** Every resource type and data source of the runtime. To add one, write its file here and export it. */
export { dataSources } from './data-sources';
export { dynamoDbResources } from './dynamodb';
export { eventSourceMappingResources } from './event-source-mapping';
export { eventResources } from './events';
export { httpApiResources } from './http-api';
export { iamResources } from './iam';
export { lambdaResources } from './lambda';
export { snsResources } from './sns';
export { sqsResources } from './sqs';
export { stepFunctionsResources } from './step-functions';
export { resourcesWithoutEffect } from './without-effect';
