import type { StateType } from '../document/state-machine';
import type { HistoryEventType } from '../history';

/** Written out, so that all events share these texts. */
export const ENTERED: Readonly<Record<StateType, HistoryEventType>> = {
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
export const EXITED: Readonly<Record<Exclude<StateType, 'Fail'>, HistoryEventType>> = {
  Choice: 'ChoiceStateExited',
  Map: 'MapStateExited',
  Parallel: 'ParallelStateExited',
  Pass: 'PassStateExited',
  Succeed: 'SucceedStateExited',
  Task: 'TaskStateExited',
  Wait: 'WaitStateExited',
};
