import type { HistoryEventType, StateTypeName } from '../history';

/** Written out, so that all events share these texts. */
export const ENTERED: Readonly<Record<StateTypeName, HistoryEventType>> = {
  Choice: 'ChoiceStateEntered',
  Fail: 'FailStateEntered',
  Map: 'MapStateEntered',
  Parallel: 'ParallelStateEntered',
  Pass: 'PassStateEntered',
  Succeed: 'SucceedStateEntered',
  Task: 'TaskStateEntered',
  Wait: 'WaitStateEntered',
};

/** A Fail state is never left. */
export const EXITED: Readonly<Record<Exclude<StateTypeName, 'Fail'>, HistoryEventType>> = {
  Choice: 'ChoiceStateExited',
  Map: 'MapStateExited',
  Parallel: 'ParallelStateExited',
  Pass: 'PassStateExited',
  Succeed: 'SucceedStateExited',
  Task: 'TaskStateExited',
  Wait: 'WaitStateExited',
};
