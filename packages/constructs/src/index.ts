export type {
  Definition,
  Expression,
  JsonataCatcher,
  JsonataDefinition,
  JsonataState,
  JsonataTaskState,
  JsonPathDefinition,
  JsonPathState,
  Retrier,
  State,
  States,
  Template,
} from '@workflows/states-language';
export { ConstructError } from './errors';
export * from './execution-status-rule';
export { jsonata } from './expression';
export type { Grantee } from './grants';
export { checkInteger, LOG_RETENTION_DAYS } from './guards';
export * from './http-api';
export { executionArn } from './integrations';
export type { Metric } from './metrics';
export * from './monitoring';
export * from './node-function';
export type { PolicyStatement } from './policy';
export * from './schedule';
export * from './service-role';
export * from './state-machine';
export * from './table';
export type { ExplicitPermissions } from './task-permissions';
export * from './tasks';
export * from './zip-asset';
