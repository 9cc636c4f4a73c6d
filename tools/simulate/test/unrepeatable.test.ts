import type { RunResult } from '../src/run/run';
import { Simulation } from '../src/simulation';
import { describeFailure, type Failure } from '../src/summary';

const failure: Failure = {
  seed: 7,
  violations: [{ invariant: 'first-outcome-wins', what: 'a new outcome was answered 503' }],
};

it('keeps what was seen of a failure that does not come again, and says so', async () => {
  const simulation = new Simulation('unused');
  jest.spyOn(simulation, 'run').mockResolvedValue({ violations: [] } as unknown as RunResult);

  const explained = await simulation.explain(failure);

  expect(explained).toEqual({ ...failure, unrepeatable: true });
  expect(describeFailure(explained)).toContain('a new outcome was answered 503\n  it did not fail again');
});
