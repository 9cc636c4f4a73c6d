import type * as original from '../../src/tasks/conditions';
import type { Replacement } from './mutating';

export * from '../../src/tasks/conditions';

/** A write that must come before the outcome is applied after it, too. */
export const NO_OUTCOME: Replacement<typeof original, 'NO_OUTCOME'> = 'attribute_exists(#taskId)';
export const PENDING: Replacement<typeof original, 'PENDING'> = 'attribute_exists(#taskId)';
