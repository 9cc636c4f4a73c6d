export * from './activity';
export * from './activity-store';
