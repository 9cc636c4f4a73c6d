export * from './iam';
export { UnsupportedPolicyError } from './policy';
export { matchesWildcard } from './wildcard';
