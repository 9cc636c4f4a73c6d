export { ApiClient } from './api-client';
export { type Deviation, deviationOf, deviations } from './deviations';
export { scanForTokens } from './leaked-tokens';
export { LocalRuntime } from './local-runtime';
export { Executions } from './step-functions';
export { loadTarget, type Target, TargetError, type TargetName, targetName, targetNames } from './target';
export { TasksTable } from './tasks-table';
export { DeadlineError, waitUntil } from './wait';
export { WorkflowApi } from './workflow-api';
