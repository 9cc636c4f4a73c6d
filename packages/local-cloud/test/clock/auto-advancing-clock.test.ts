import { setTimeout as realDelay } from 'node:timers/promises';
import { AutoAdvancingClock } from '../../src/clock';

const DAY_MS = 24 * 3600 * 1000;

function elapse(clock: AutoAdvancingClock, atMs: number): Promise<number> {
  return new Promise((resolve) => clock.schedule(atMs, () => resolve(clock.now())));
}

describe('AutoAdvancingClock', () => {
  it('lets a year pass as soon as nothing else can happen', async () => {
    const clock = new AutoAdvancingClock({ startMs: 1_000 });
    const startedAt = Date.now();

    expect(await elapse(clock, 1_000 + 365 * DAY_MS)).toBe(1_000 + 365 * DAY_MS);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });

  it('never runs a timer synchronously, nor one that was cancelled', async () => {
    const clock = new AutoAdvancingClock({ startMs: 100 });
    const ran: string[] = [];
    clock.schedule(0, () => ran.push('overdue'));
    const cancel = clock.schedule(200, () => ran.push('cancelled'));
    expect(ran).toEqual([]);
    cancel();

    await elapse(clock, 300);

    expect(ran).toEqual(['overdue']);
  });

  it('does not run backwards for a timer of the past', async () => {
    const clock = new AutoAdvancingClock({ startMs: 100 });

    expect(await elapse(clock, 5)).toBe(100);
  });

  it('stands still while tracked work is in flight, and goes on when it has failed', async () => {
    const clock = new AutoAdvancingClock({ startMs: 0 });
    let fail: (reason: Error) => void = () => undefined;
    const work = clock.track(
      new Promise((_, reject) => {
        fail = reject;
      }),
    );
    work.catch(() => undefined);
    const elapsed = elapse(clock, DAY_MS);
    await realDelay(20);
    expect(clock.now()).toBe(0);

    fail(new Error('broken'));

    expect(await elapsed).toBe(DAY_MS);
  });

  it('advances for tracked work that itself waits for time to pass', async () => {
    const clock = new AutoAdvancingClock({ startMs: 0 });

    const result = await clock.track(clock.whileWaiting(elapse(clock, DAY_MS)));

    expect(result).toBe(DAY_MS);
  });

  it('does not wait for tracked work that waits for the clock itself, when told to, but for what is held', async () => {
    const clock = new AutoAdvancingClock({ startMs: 0, tracksWork: false });
    const waited = clock.track(clock.sleep(DAY_MS).then(() => clock.now()));
    void clock.whileWaiting(clock.hold(realDelay(20)));
    await realDelay(5);
    expect(clock.now()).toBe(0);

    expect(await waited).toBe(DAY_MS);
  });

  it('leaves a client outside the process its time to think, when told to', async () => {
    const clock = new AutoAdvancingClock({ startMs: 0, idleMs: 40 });
    const elapsed = elapse(clock, DAY_MS);
    await realDelay(10);
    expect(clock.now()).toBe(0);

    expect(await elapsed).toBe(DAY_MS);
  });

  it('runs what recurs as time passes, once for a jump over many turns', async () => {
    const clock = new AutoAdvancingClock({ startMs: 0 });
    const turns: number[] = [];
    clock.every(60_000, () => turns.push(clock.now()));

    await elapse(clock, 59_999);
    await elapse(clock, 60_000);
    await elapse(clock, 90_000);
    await elapse(clock, DAY_MS + 30_000);
    await elapse(clock, DAY_MS + 60_000);

    expect(turns).toEqual([60_000, DAY_MS + 30_000, DAY_MS + 60_000]);
  });

  it('does not let time pass for the sake of what recurs, nor run it when it was cancelled', async () => {
    const clock = new AutoAdvancingClock({ startMs: 0 });
    let turns = 0;
    const cancel = clock.every(60_000, () => turns++);
    await realDelay(20);
    expect([clock.now(), turns]).toEqual([0, 0]);

    cancel();
    await elapse(clock, DAY_MS);

    expect(turns).toBe(0);
  });
});
