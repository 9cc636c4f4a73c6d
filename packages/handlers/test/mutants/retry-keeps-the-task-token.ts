import * as original from '../../src/tasks/record-writes';
import { type Replacement, replacing } from './mutating';

export * from '../../src/tasks/record-writes';

const { beginAttempt: intact } = original;

export const beginAttempt: Replacement<typeof original, 'beginAttempt'> = {
  ...intact,
  update: replacing(intact.update, '#taskToken = :taskToken', '#taskToken = if_not_exists(#taskToken, :taskToken)'),
};
