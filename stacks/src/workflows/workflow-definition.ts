import type { CallbackTasks } from '@workflows/callback-tasks';
import { type Definition, jsonata, type Retrier } from '@workflows/constructs';
import { DEFAULT_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS, RETRYABLE_ERROR_NAMES } from '@workflows/contract';
import { inputCheck, NOT_AN_OBJECT, NOT_AN_OBJECT_PROBLEM, SHOW, WHOLE_NUMBER } from '../shared/input-check';

const TRANSIENT_ERRORS: Retrier = {
  ErrorEquals: RETRYABLE_ERROR_NAMES,
  IntervalSeconds: 1,
  MaxAttempts: 6,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
};

/** About an hour on average, as full jitter halves each delay. Without the recorded outcome the workflow cannot end correctly. */
const PERSISTENT: Retrier = {
  ...TRANSIENT_ERRORS,
  ErrorEquals: [...RETRYABLE_ERROR_NAMES, 'States.Timeout'],
  MaxAttempts: 128,
};

const problem = jsonata`(
  $whole := ${WHOLE_NUMBER};
  $show := ${SHOW};
  $timeout := $states.input.timeoutSeconds;
  $heartbeat := $states.input.heartbeatSeconds;
  $limit := $exists($timeout) ? $timeout : ${DEFAULT_TIMEOUT_SECONDS};
  ${NOT_AN_OBJECT} ? ${NOT_AN_OBJECT_PROBLEM}
  : $not($whole($limit, 1, ${MAX_TIMEOUT_SECONDS}))
  ? 'timeoutSeconds must be a whole number from 1 to ${MAX_TIMEOUT_SECONDS}; received ' & $show($timeout)
  : $not($exists($heartbeat)) ? ''
  : $whole($heartbeat, 1, $limit - 1) ? ''
  : 'heartbeatSeconds must be a whole number from 1 to less than timeoutSeconds ('
    & $string($limit) & '); received ' & $show($heartbeat)
)`;

/** The value of a field of the input, or something else when the input has no such field or is no object. */
const fieldOr = (field: string, fallback: string) => jsonata`
  ${NOT_AN_OBJECT} ? ${fallback}
  : $exists($states.input.${field}) ? $states.input.${field}
  : ${fallback}`;

/** Calls the external service, waits for its callback, and returns its outcome. */
export function workflow(tasks: CallbackTasks): Definition {
  const request = {
    input: '{% $request.input %}',
    retry: [TRANSIENT_ERRORS],
    next: 'Finalize',
  } as const;
  return {
    Comment: 'Asks an external service and waits for its callback',
    QueryLanguage: 'JSONata',
    StartAt: 'Init',
    States: {
      Init: {
        Type: 'Pass',
        Assign: {
          problem,
          // Inside an object, as a variable cannot tell null from nothing everywhere.
          request: { input: fieldOr('input', '{}') },
          timeoutSeconds: fieldOr('timeoutSeconds', String(DEFAULT_TIMEOUT_SECONDS)),
          heartbeatSeconds: fieldOr('heartbeatSeconds', '0'),
        },
        Next: 'Input valid?',
      },
      ...inputCheck('Limits given?'),
      'Limits given?': {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $heartbeatSeconds > 0 %}', Next: 'Request external service with heartbeat' },
          {
            Condition: `{% $timeoutSeconds != ${DEFAULT_TIMEOUT_SECONDS} %}`,
            Next: 'Request external service with timeout',
          },
        ],
        Default: 'Request external service',
      },
      // With a literal limit: not every emulator evaluates `TimeoutSeconds`.
      'Request external service': tasks.requestState({ ...request, timeoutSeconds: DEFAULT_TIMEOUT_SECONDS }),
      'Request external service with timeout': tasks.requestState({
        ...request,
        timeoutSeconds: '{% $timeoutSeconds %}',
      }),
      'Request external service with heartbeat': tasks.requestState({
        ...request,
        timeoutSeconds: '{% $timeoutSeconds %}',
        heartbeatSeconds: '{% $heartbeatSeconds %}',
      }),
      ...tasks.settleStates({ retry: [PERSISTENT], recovered: 'Finalize' }),
      Finalize: { Type: 'Pass', Output: { externalServiceOutput: ['{% $states.input %}'] }, End: true },
    },
  };
}
