import type * as original from '../../src/tasks/conditions';
import type { Replacement } from './mutating';

export * from '../../src/tasks/conditions';

/** An execution that is stopped while it settles does not change how its task ended. */
export const OTHER_STATUS: Replacement<typeof original, 'OTHER_STATUS'> = 'attribute_exists(#waitingShard)';
