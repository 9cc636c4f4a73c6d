import { Laboratory } from '../src/laboratory';
import type { RunResult } from '../src/run/run';
import { describeFailure, type Failure } from '../src/summary';

const failure: Failure = {
  seed: 7,
  violations: [{ invariant: 'first-outcome-wins', what: 'a new outcome was answered 503' }],
};

it('keeps what was seen of a failure that does not come again, and says so', async () => {
  const laboratory = new Laboratory('unused');
  jest.spyOn(laboratory, 'run').mockResolvedValue({ violations: [] } as unknown as RunResult);

  const explained = await laboratory.explain(failure);

  expect(explained).toEqual({ ...failure, unrepeatable: true });
  expect(describeFailure(explained)).toContain('a new outcome was answered 503\n  it did not fail again');
});
