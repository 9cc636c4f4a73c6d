import type { TaskResource } from '@workflows/states-language';
import { isOperationName } from '../api/operations';
import type { SupportedIntegrations } from '../context';
import { awsSdkStepFunctions } from './aws-sdk-sfn';
import { awsSdkDynamoDb, optimizedDynamoDb } from './dynamodb';
import type { Integration } from './integration';
import { callFunction, invokeFunction } from './lambda';
import { startNestedExecution } from './nested-execution';

/** Integrations of one action each, as `<service>:<action>`. */
const BY_ACTION: Readonly<Record<string, Integration>> = {
  'lambda:function': callFunction,
  'lambda:invoke': invokeFunction,
  'states:startExecution': startNestedExecution,
  'dynamodb:getItem': optimizedDynamoDb,
  'dynamodb:putItem': optimizedDynamoDb,
  'dynamodb:updateItem': optimizedDynamoDb,
  'dynamodb:deleteItem': optimizedDynamoDb,
};

/** Integrations of every action of a service. */
const BY_SERVICE: Readonly<Record<string, Integration>> = {
  'aws-sdk:dynamodb': awsSdkDynamoDb,
  'aws-sdk:sfn': awsSdkStepFunctions,
};

/** What carries out a Task state; `undefined` where this runtime has nothing that does. */
export function integrationFor({ service, action, pattern }: TaskResource): Integration | undefined {
  const integration = BY_ACTION[`${service}:${action}`] ?? BY_SERVICE[service];
  if (service === 'aws-sdk:sfn' && !isOperationName(action.charAt(0).toUpperCase() + action.slice(1))) {
    return undefined;
  }
  return integration?.patterns.includes(pattern) === true ? integration : undefined;
}

/** What state machines are checked against when they are created. */
export const SUPPORTED_INTEGRATIONS: SupportedIntegrations = {
  supports: (resource) => integrationFor(resource) !== undefined,
  description: `Lambda function ARNs, ${Object.keys(BY_ACTION)
    .filter((name) => name !== 'lambda:function')
    .join(', ')}, and the actions of ${Object.keys(BY_SERVICE).join(' and ')} that the runtime implements`,
};
