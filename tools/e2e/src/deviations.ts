/**
 * Where a target is known not to do what AWS does. A test named here has to fail on that target: when it begins to
 * pass, the run fails until its line is removed. Everything else runs as usual, on every target.
 */
import type { TargetName } from './target';

export interface Deviation {
  /** Title of the test, in full. */
  readonly test: string;
  /** What the target does instead. */
  readonly reason: string;
}

/** Seen in MiniStack 1.5.33, and, but for `Items` of a Map and events of executions, alike in 1.4.21. */
const MiniStack = {
  equalStart: 'answers every repeat of a running name with ExecutionAlreadyExists, equal input or not',
  timeoutExpression: 'does not evaluate a TimeoutSeconds that is an expression: the state fails with States.Runtime',
  swallowedError:
    'passes over an error of the function in a callback task and waits on for the callback, until the timeout',
  functionError: 'reports every error of a Node function as Runtime.HandlerError, whatever its name',
  lateToken: 'answers a late token with TaskDoesNotExist, as if it had never been',
  malformedToken: 'answers a malformed token with TaskDoesNotExist',
  history: 'leaves TaskStarted, TaskSubmitted, MapStateStarted and the iterations out of the history',
} as const;

const inMiniStack = (flaw: keyof typeof MiniStack, tests: readonly string[]): Deviation[] =>
  tests.map((test) => ({ test, reason: `MiniStack ${MiniStack[flaw]}` }));

/** Tests that expect an error of a function by its name. */
const FUNCTION_ERRORS = ['fails with InvalidCountError for a count that is not a whole number from 1 to 25'];
const CALLBACK_FUNCTION_ERRORS = [
  'flaky: is retried by the state machine until it accepts',
  'reject: ends the workflow with ExternalServiceRejected after one attempt',
];

export const deviations: Readonly<Record<TargetName, readonly Deviation[]>> = {
  local: [],
  aws: [],
  // Of functions only: Step Functions is that of this repository.
  hybrid: inMiniStack('functionError', [...FUNCTION_ERRORS, ...CALLBACK_FUNCTION_ERRORS]),
  emulator: [
    ...inMiniStack('equalStart', ['StartExecution repeated with equal input while running returns the same execution']),
    ...inMiniStack('timeoutExpression', [
      'a task that stops sending heartbeats ends in States.HeartbeatTimeout',
      'answers 204 while the task waits',
      'ends FAILED with States.Timeout, its task TIMED_OUT, and late callbacks are 410',
      'heartbeats do not prolong the timeout',
      'heartbeats keep a task waiting longer than one interval',
      'takes at least the timeout that was asked for',
      'the mock sends heartbeats while it works',
    ]),
    ...inMiniStack('swallowedError', CALLBACK_FUNCTION_ERRORS),
    ...inMiniStack('functionError', FUNCTION_ERRORS),
    ...inMiniStack('lateToken', ['SendTaskSuccess for a task that has ended is TaskTimedOut']),
    ...inMiniStack('malformedToken', ['SendTaskSuccess with a token that is none is InvalidToken']),
    ...inMiniStack('history', [
      'fails after a failed callback: the failure is settled, then ends the execution',
      'runs its sub-workflows as executions of their own and waits for each',
      'submits, waits for the callback, and finalizes',
      'writes the history of a Lambda task and a Map, readable page by page',
    ]),
  ],
};

/** The deviation of a target that concerns a test, if there is one. */
export function deviationOf(target: TargetName, test: string): Deviation | undefined {
  return deviations[target].find((deviation) => deviation.test === test);
}
