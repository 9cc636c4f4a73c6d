import { runDefinition } from '@workflows/constructs/testing';
import { synthesize } from '../support/synthesized';

const definition = synthesize().WorkflowIdempotentStack.definition('dev-WorkflowIdempotent');

describe('WorkflowIdempotent', () => {
  it.each([null, 5, 'text', [1, 2], [{ delaySeconds: 99 }], {}, { a: { b: [1] } }, { delaySeconds: 0 }])(
    'passes %j through at once',
    async (input) => {
      const run = await runDefinition(definition, { input });

      expect(run).toMatchObject({ status: 'SUCCEEDED', output: input, seconds: 0 });
      expect(run.entered).toEqual(['Init', 'Input valid?', 'Delayed?', 'Done']);
    },
  );

  it.each([1, 60])('waits %d seconds when asked to', async (delaySeconds) => {
    const run = await runDefinition(definition, { input: { delaySeconds, a: 1 } });

    expect(run).toMatchObject({ status: 'SUCCEEDED', output: { delaySeconds, a: 1 }, seconds: delaySeconds });
  });

  it.each([-1, 61, 1.5, '5', null, [], {}])('refuses delaySeconds %j by name', async (delaySeconds) => {
    const run = await runDefinition(definition, { input: { delaySeconds } });

    expect(run).toMatchObject({
      status: 'FAILED',
      error: 'InvalidInput',
      cause: `delaySeconds must be a whole number from 0 to 60; received ${typeof delaySeconds === 'string' ? delaySeconds : JSON.stringify(delaySeconds)}`,
    });
  });
});
