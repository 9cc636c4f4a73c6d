import { testState } from '../../src';

/** A task with all that becomes of its result. */
export const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { 'Payload.$': '$' },
  ResultSelector: { 'sum.$': '$.Payload' },
  ResultPath: '$.result',
  Retry: [{ ErrorEquals: ['Again'], MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['Oops'], Next: 'Caught' }],
  Next: 'Done',
};

export const test = (state: object, more: object = {}): ReturnType<typeof testState> =>
  testState({ definition: JSON.stringify(state), ...more });

export const branch = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
export const parallel = { Type: 'Parallel', Branches: [branch], End: true };
export const map = { Type: 'Map', ItemsPath: '$.all', ItemProcessor: branch, End: true };
