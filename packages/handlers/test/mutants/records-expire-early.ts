import * as original from '../../src/tasks/record-lifetime';
import type { Replacement } from './mutating';

export * from '../../src/tasks/record-lifetime';

const TWENTY_DAYS_SECONDS = 20 * 86_400;

export const expiresAt: Replacement<typeof original, 'expiresAt'> = (...lifetime) =>
  original.expiresAt(...lifetime) - TWENTY_DAYS_SECONDS;
