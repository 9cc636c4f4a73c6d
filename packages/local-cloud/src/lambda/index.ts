export { LambdaService } from './api/lambda-service';
export * from './function-configuration';
export { Functions, type FunctionsOptions } from './functions';
export type { InvocationReport } from './hosted-function';
export { LogSink } from './log-sink';
export type { Permission, ServiceCaller } from './permissions';
