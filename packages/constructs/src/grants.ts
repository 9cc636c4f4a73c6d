import type { PolicyStatement } from './policy';

/** Anything that has a role to which permissions can be added. */
export interface Grantee {
  allow(...statements: readonly PolicyStatement[]): void;
}
