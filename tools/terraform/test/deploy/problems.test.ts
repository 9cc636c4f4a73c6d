import { Problems } from '../../src/deploy/problems';

const failing = () => Promise.reject(new Error('no'));

describe('Problems', () => {
  it('keeps what went wrong and goes on', async () => {
    const problems = new Problems(new AbortController().signal);
    await problems.collect(failing);
    await problems.collect(async () => undefined);
    problems.add('another');

    expect(problems.all).toEqual(['no', 'another']);
  });

  it('does not go on after an interruption', async () => {
    const problems = new Problems(AbortSignal.abort(new Error('interrupted by SIGINT')));

    await expect(problems.collect(failing)).rejects.toThrow('interrupted by SIGINT');
  });
});
