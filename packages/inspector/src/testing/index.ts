export * from './executions';
export * from './fake-aws';
