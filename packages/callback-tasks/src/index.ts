export * from './callback-functions';
export type { RequestStateProps, SettleStatesProps } from './callback-states';
export * from './callback-tasks';
