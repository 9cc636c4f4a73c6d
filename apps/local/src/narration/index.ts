export { jsonPrinter } from './json-printer';
export type { Printer } from './printer';
export { describeRequest, Narrator } from './steps';
export { textPrinter } from './text-printer';
