export { jsonPrinter } from './json-printer';
export type { PatternResult, Printer } from './printer';
export { describeRequest, Narrator, type Step } from './steps';
export { textPrinter } from './text-printer';
