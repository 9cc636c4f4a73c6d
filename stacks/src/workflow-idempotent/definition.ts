import { type Definition, jsonata } from '@workflows/constructs';
import { MAX_DELAY_SECONDS } from '@workflows/contract';
import { inputCheck, NOT_AN_OBJECT, SHOW, WHOLE_NUMBER } from '../shared/input-check';

/** Passes its input through, after `delaySeconds` if the input asks for it. */
export const workflowIdempotent = (): Definition => ({
  Comment: 'Started at most once per name, however often it is asked for',
  QueryLanguage: 'JSONata',
  StartAt: 'Init',
  States: {
    Init: {
      Type: 'Pass',
      Assign: {
        problem: jsonata`(
          $whole := ${WHOLE_NUMBER};
          $show := ${SHOW};
          $delay := $states.input.delaySeconds;
          ${NOT_AN_OBJECT} ? ''
          : $not($exists($delay)) ? ''
          : $whole($delay, 0, ${MAX_DELAY_SECONDS}) ? ''
          : 'delaySeconds must be a whole number from 0 to ${MAX_DELAY_SECONDS}; received ' & $show($delay)
        )`,
        delaySeconds: jsonata`
          ${NOT_AN_OBJECT} ? 0
          : $type($states.input.delaySeconds) = 'number' ? $states.input.delaySeconds
          : 0`,
      },
      Next: 'Input valid?',
    },
    ...inputCheck('Delayed?'),
    'Delayed?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $delaySeconds > 0 %}', Next: 'Wait' }],
      Default: 'Done',
    },
    Wait: { Type: 'Wait', Seconds: '{% $delaySeconds %}', Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
});
