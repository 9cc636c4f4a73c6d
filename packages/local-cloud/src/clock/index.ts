export * from './auto-advancing-clock';
export * from './real-clock';
