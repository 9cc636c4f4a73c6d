import { MissingOutputError, outputOf, parseOutputs, requireOutput } from '../src';

const outputs = parseOutputs(
  '{"WorkflowsStack": {"WorkflowApiEndpoint": "https://api.test/prod", "TasksTableName": 7}}',
);

describe('outputs', () => {
  it('are known by key, and endpoints end in a slash', () => {
    expect(outputOf(outputs, 'workflowApi')).toBe('https://api.test/prod/');
    expect(requireOutput(outputs, 'workflowApi')).toBe('https://api.test/prod/');
  });

  it('are absent where they are not text, or where their stack is not deployed', () => {
    expect(outputOf(outputs, 'tasksTable')).toBeUndefined();
    expect(outputOf(outputs, 'idempotentApi')).toBeUndefined();
  });

  it('are named when they are needed and absent', () => {
    expect(() => requireOutput(outputs, 'tasksTable')).toThrow(
      new MissingOutputError('There is no output WorkflowsStack.TasksTableName. Deploy stack WorkflowsStack.'),
    );
  });

  it.each(['["no"]', '{"WorkflowsStack": "no"}', '{"WorkflowsStack": []}'])(
    'must be of stacks, and %s are not',
    (json) => {
      expect(() => parseOutputs(json)).toThrow(/cdktf deploy --outputs-file/);
    },
  );
});
