export * from './clock';
export * from './contracts';
export { PortUnavailableError } from './endpoint';
export type { RequestReport } from './http-api';
export type { InvocationReport } from './lambda';
export * from './start-local-cloud';
export { type HistoryNotice, redactTaskTokens, type StatusNotice } from './step-functions';
export type { Outputs } from './terraform';
export { UnsupportedError } from './unsupported-error';
