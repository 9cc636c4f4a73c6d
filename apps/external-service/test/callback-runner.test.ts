/** Proves that a callback is repeated exactly while that can help. */
import type { CallbackStep } from '../src/callback-plan';
import { type CallbackResult, runCallbacks } from '../src/callback-runner';

const step = (kind: CallbackStep['kind'], afterMs = 0): CallbackStep => ({
  kind,
  afterMs,
  method: 'PUT',
  url: 'https://api.example/tasks/1',
  body: { resumeToken: 'secret' },
});

/** Runs steps against an API that gives these answers; 0 is a broken connection. Time passes only by sleeping. */
async function run(steps: CallbackStep[], answers: number[], retryForMs = 60_000) {
  const results: CallbackResult[] = [];
  const sleeps: number[] = [];
  let nowMs = 0;
  const answered = await runCallbacks(steps, {
    fetch: async () => {
      const status = answers.shift() ?? 200;
      if (status === 0) {
        throw new TypeError('fetch failed');
      }
      return new Response(null, { status });
    },
    sleep: async (ms) => {
      nowMs += ms;
      sleeps.push(ms);
    },
    now: () => nowMs,
    retryForMs,
    onResult: (result) => results.push(result),
  });
  return { answered, results, sleeps };
}

describe('the callbacks of a task', () => {
  it('are sent one after the other, each after its pause', async () => {
    expect(await run([step('heartbeat', 50), step('outcome', 70)], [204, 200])).toEqual({
      answered: true,
      results: [
        { kind: 'heartbeat', status: 204, tries: 1 },
        { kind: 'outcome', status: 200, tries: 1 },
      ],
      sleeps: [50, 70],
    });
  });

  it('are repeated after server errors and network faults, with pauses that double up to a bound', async () => {
    const { answered, results, sleeps } = await run([step('outcome')], [500, 503, 0, 502, 504, 0, 500, 200]);

    expect(answered).toBe(true);
    expect(results).toEqual([{ kind: 'outcome', status: 200, tries: 8 }]);
    expect(sleeps).toEqual([0, 200, 400, 800, 1600, 3200, 5000, 5000]);
  });

  it.each([400, 403, 404, 409, 410, 422])('are not repeated after %d, and the next one is sent', async (status) => {
    const { answered, results } = await run([step('wrongToken'), step('outcome')], [status, 200]);

    expect(answered).toBe(true);
    expect(results.map((result) => result.status)).toEqual([status, 200]);
  });

  it('are given up when their time is over, which whoever sent them is told', async () => {
    const { answered, results } = await run([step('outcome')], Array<number>(100).fill(0), 1000);

    expect(answered).toBe(false);
    expect(results).toEqual([{ kind: 'outcome', status: 0, tries: 3 }]);
  });
});
