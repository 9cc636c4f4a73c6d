export * from './aws-response';
export * from './create-endpoint';
export * from './foreign-requests';
