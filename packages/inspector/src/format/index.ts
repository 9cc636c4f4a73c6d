export * from './cause';
export * from './duration';
