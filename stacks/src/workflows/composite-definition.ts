import {
  childExecutionName,
  type Definition,
  jsonata,
  type StateMachine,
  startExecutionSync,
} from '@workflows/constructs';
import { DEFAULT_NAMES, MAX_NAMES } from '@workflows/contract';
import { inputCheck, NOT_AN_OBJECT, NOT_AN_OBJECT_PROBLEM, SHOW } from '../shared/input-check';

/** Longer than the default wait of a sub-workflow with all its retries. */
const SUB_WORKFLOW_TIMEOUT_SECONDS = 14_400;

/** JSONata: the names of a composite workflow whose input has none. */
const DEFAULT = `[${DEFAULT_NAMES.map((name) => `'${name}'`).join(', ')}]`;

const problem = jsonata`(
  $show := ${SHOW};
  $names := $states.input.names;
  ${NOT_AN_OBJECT} ? ${NOT_AN_OBJECT_PROBLEM}
  : $not($exists($names)) ? ''
  : $type($names) != 'array' ? 'names must be an array of strings; received ' & $show($names)
  : $count($names) = 0 ? 'names must have 1 to ${MAX_NAMES} entries; received 0'
  : $count($names) > ${MAX_NAMES}
  ? 'names must have 1 to ${MAX_NAMES} entries; received ' & $string($count($names))
  : $reduce($names, function($ok, $name) { $ok ? $type($name) = 'string' : false }, true) ? ''
  : 'names must be strings; received ' & $show($names)
)`;

/** What a nested execution failed with: its own error and cause where AWS hands them up, in the cause's JSON. */
const childFailure = jsonata`(
  $error := $states.errorOutput.Error;
  $cause := $exists($states.errorOutput.Cause) ? $states.errorOutput.Cause : '';
  $child := $error != 'States.TaskFailed' ? {}
    : $substring($cause, 0, 1) != '{' ? {}
    : $substring($cause, $length($cause) - 1) != '}' ? {}
    : $parse($cause);
  $status := $exists($child.Status) ? $child.Status : 'FAILED';
  {
    'error': $exists($child.Error) ? $child.Error : $error,
    'cause': $exists($child.Cause) ? $child.Cause
      : $exists($child.Name) ? 'Sub-workflow ' & $child.Name & ' ended ' & $status
      : $cause
  }
)`;

/** Runs one sub-workflow per name concurrently, and collects their outputs in the order of the names. */
export const compositeWorkflow = (workflow: StateMachine): Definition => ({
  Comment: 'Runs workflows side by side as nested executions',
  QueryLanguage: 'JSONata',
  StartAt: 'Init',
  States: {
    Init: {
      Type: 'Pass',
      Assign: { problem },
      Output: jsonata`
        ${NOT_AN_OBJECT} ? []
        : $type($states.input.names) = 'array' ? $states.input.names
        : ${DEFAULT}`,
      Next: 'Input valid?',
    },
    ...inputCheck('Sub-workflows'),
    'Sub-workflows': {
      Type: 'Map',
      MaxConcurrency: MAX_NAMES,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Sub-workflow',
        States: {
          'Sub-workflow': startExecutionSync({
            stateMachine: workflow,
            name: childExecutionName('$states.context.Map.Item.Index'),
            input: { input: { name: '{% $states.input %}' } },
            timeoutSeconds: SUB_WORKFLOW_TIMEOUT_SECONDS,
            output: '{% $states.result.Output.externalServiceOutput[0] %}',
            catch: [{ ErrorEquals: ['States.ALL'], Output: childFailure, Next: 'Sub-workflow failed' }],
            next: { End: true },
          }),
          'Sub-workflow failed': {
            Type: 'Fail',
            Error: '{% $states.input.error %}',
            Cause: '{% $states.input.cause %}',
          },
        },
      },
      Next: 'Finalize',
    },
    Finalize: { Type: 'Pass', Output: { externalServiceOutput: '{% $states.input %}' }, End: true },
  },
});
