export * from './iam';
export { parseResourcePolicy, permitsService } from './policy';
export { matchesWildcard } from './wildcard';
