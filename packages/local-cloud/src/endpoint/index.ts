export * from './aws-response';
export * from './create-endpoint';
