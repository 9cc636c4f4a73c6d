export * from './app';
export * from './config/config';
export { ConfigError } from './config/config-error';
export { SETTINGS, type Setting } from './config/settings';
export { WorkflowIdempotentStack } from './workflow-idempotent/workflow-idempotent-stack';
export { WorkflowsStack } from './workflows/workflows-stack';
export { WorkflowsLambdaStack } from './workflows-lambda/workflows-lambda-stack';
