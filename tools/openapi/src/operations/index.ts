import type { Operation } from '../model';
import { IDEMPOTENT_OPERATIONS } from './idempotent';
import { MOCK_OPERATIONS } from './mock';
import { TASK_OPERATIONS } from './tasks';
import { WORKFLOW_OPERATIONS } from './workflows';

export const OPERATIONS: readonly Operation[] = [
  ...WORKFLOW_OPERATIONS,
  ...TASK_OPERATIONS,
  ...IDEMPOTENT_OPERATIONS,
  ...MOCK_OPERATIONS,
];
