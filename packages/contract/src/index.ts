export type { OutputKind, Permission, ResourceKind, Trigger } from './catalogue/define';
export type { EnvironmentOf, FunctionEnvironment } from './environment';
export { ERROR_NAMES, RETRYABLE_ERROR_NAMES } from './error-names';
export { FUNCTIONS, type FunctionContract, type FunctionName } from './functions';
export * from './limits';
export { METRICS, METRICS_NAMESPACE } from './metrics';
export {
  MissingOutputError,
  OUTPUTS,
  type OutputKey,
  outputOf,
  parseOutputs,
  requireOutput,
  STACKS,
  type StackName,
  type StackOutputs,
} from './outputs';
export { PATTERNS, type Pattern, type PatternId, STATE_MACHINES, type StateMachineName } from './patterns';
export { PROBLEM_TYPE_PREFIX, PROBLEMS, type ProblemCode } from './problems';
export { ROUTES, type RouteKey } from './routes';
export { IDEMPOTENCY_TABLE, TASKS_TABLE, WAITING_INDEX } from './tables';
export { VARIABLE_MEANINGS, VARIABLES, type VariableName } from './variables';
