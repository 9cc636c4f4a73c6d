export { LambdaService } from './api/lambda-service';
export { CodeStore } from './code';
export * from './function-configuration';
export { functionNameOf } from './function-name';
export type { FunctionService } from './function-service';
export { Functions, type FunctionsOptions } from './functions';
export type { InvocationReport } from './hosted-function';
export { LogSink } from './log-sink';
export { type Permission, permits, type ServiceCaller } from './permissions';
