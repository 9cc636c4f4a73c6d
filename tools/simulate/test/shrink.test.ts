import { generate } from '../src/schedule/generate';
import type { Schedule } from '../src/schedule/schedule';
import { shrink } from '../src/schedule/shrink';

describe('a schedule that fails', () => {
  it('is cut down to what its failure needs', async () => {
    const guilty = { at: 'call:complete-task', nth: 3, kind: 'crash-after', ms: 1 } as const;
    const schedule: Schedule = { ...generate(5), faults: [...generate(5).faults, guilty, ...generate(6).faults] };

    const smallest = await shrink(schedule, async ({ faults }) => faults.includes(guilty));

    expect(smallest.faults).toEqual([guilty]);
    expect(smallest.plans).toHaveLength(1);
    expect(smallest.outages).toEqual([]);
  });

  it('is left as it is when nothing can go', async () => {
    const schedule = generate(5);

    expect(await shrink(schedule, async () => false)).toBe(schedule);
  });
});
