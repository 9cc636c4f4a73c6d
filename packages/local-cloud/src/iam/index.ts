export * from './iam';
export { matchesWildcard } from './wildcard';
