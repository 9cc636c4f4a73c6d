export * from './service';
export { redactTaskTokens } from './task-tokens';
