export * from './timer-queue';
export * from './virtual-clock';
