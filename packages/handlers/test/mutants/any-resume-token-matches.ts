import type * as original from '../../src/tasks/tokens';
import type { Replacement } from './mutating';

export * from '../../src/tasks/tokens';

export const tokensMatch: Replacement<typeof original, 'tokensMatch'> = (sent, stored) =>
  sent !== undefined && stored !== undefined;
