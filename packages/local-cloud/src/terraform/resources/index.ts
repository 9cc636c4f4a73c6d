import type { ResourceType } from '../resource-type';
import { dataSources } from './data-sources';
import { dynamoDbResources } from './dynamodb';
import { eventResources } from './events';
import { httpApiResources } from './http-api';
import { iamResources } from './iam';
import { lambdaResources } from './lambda';
import { stepFunctionsResources } from './step-functions';
import { resourcesWithoutEffect } from './without-effect';

const byType = (types: readonly ResourceType[]): ReadonlyMap<string, ResourceType> =>
  new Map(types.map((it) => [it.type, it]));

/** Every resource type that the runtime knows. */
export const RESOURCE_TYPES = byType([
  ...dynamoDbResources,
  ...eventResources,
  ...httpApiResources,
  ...iamResources,
  ...lambdaResources,
  ...stepFunctionsResources,
  ...resourcesWithoutEffect,
]);

/** Every data source that the runtime knows. */
export const DATA_SOURCES = byType(dataSources);
