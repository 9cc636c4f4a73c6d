export type { JsonValue } from '@workflows/states-language';
export * from './run-definition';
