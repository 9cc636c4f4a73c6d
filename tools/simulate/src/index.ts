export { MUTATIONS } from './mutations/mutations';
export { INVARIANTS, type Invariant, type Violation } from './run/evidence';
export { generate } from './schedule/generate';
export type { Schedule } from './schedule/schedule';
export * from './simulation';
export { synthesize } from './synthesize';
