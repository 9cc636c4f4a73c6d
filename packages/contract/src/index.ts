export {
  ENVIRONMENTS,
  type EnvironmentOf,
  type FunctionEnvironment,
  type FunctionName,
  VARIABLES,
  type VariableName,
} from './environment';
export { ERROR_NAMES, RETRYABLE_ERROR_NAMES } from './error-names';
export {
  FUNCTIONS,
  type FunctionContract,
  type Permission,
  type ResourceKind,
  type Trigger,
  VARIABLE_MEANINGS,
} from './functions';
export * from './limits';
export { METRICS, METRICS_NAMESPACE } from './metrics';
export { OUTPUTS, type OutputKey, type OutputKind, STACKS, type StackName } from './outputs';
export { PATTERNS, type Pattern, type PatternId } from './patterns';
export { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from './problems';
export { ROUTES, type RouteKey } from './routes';
export { STATE_MACHINES, type StateMachineName } from './state-machines';
export { IDEMPOTENCY_TABLE, TASKS_TABLE, WAITING_INDEX } from './tables';
