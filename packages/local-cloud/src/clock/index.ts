export * from './real-clock';
export * from './virtual-clock';
