import { VirtualClock } from '../../src';

describe('VirtualClock', () => {
  it('runs timers in the order of their instants, then of their scheduling', async () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    for (const [name, atMs] of [
      ['late', 30],
      ['first', 10],
      ['second', 10],
      ['middle', 20],
    ] as const) {
      clock.schedule(atMs, () => ran.push(`${name}@${clock.now()}`));
    }
    await clock.runUntilIdle();
    expect(ran).toEqual(['first@10', 'second@10', 'middle@20', 'late@30']);
  });

  it('moves exactly as far as it is told', async () => {
    const clock = new VirtualClock(1_000);
    const ran: number[] = [];
    clock.schedule(1_500, () => ran.push(clock.now()));
    await clock.advance(499);
    expect([clock.now(), ran]).toEqual([1_499, []]);
    await clock.advance(1);
    expect([clock.now(), ran]).toEqual([1_500, [1_500]]);
  });

  it('runs timers that other timers schedule, and lets promises settle in between', async () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    clock.schedule(10, () => {
      void Promise.resolve().then(() => clock.schedule(20, () => ran.push(clock.now())));
    });
    await clock.runUntilIdle();
    expect(ran).toEqual([20]);
  });

  it('does not run what was cancelled, and never runs anything synchronously', async () => {
    const clock = new VirtualClock(0);
    const ran: string[] = [];
    const cancel = clock.schedule(5, () => ran.push('cancelled'));
    clock.schedule(-5, () => ran.push('overdue'));
    expect(ran).toEqual([]);
    cancel();
    cancel();
    expect(clock.pendingTimers).toBe(1);
    await clock.runUntilIdle();
    expect(ran).toEqual(['overdue']);
    expect(clock.now()).toBe(0);
  });

  it('keeps its order when many timers are set and cancelled', async () => {
    const clock = new VirtualClock(0);
    const seen: number[] = [];
    for (let index = 0; index < 5_000; index++) {
      const atMs = (index * 7919) % 4001;
      const cancel = clock.schedule(atMs, () => seen.push(clock.now()));
      if (index % 10 !== 0) {
        cancel();
      }
    }
    expect(clock.pendingTimers).toBe(500);

    await clock.runUntilIdle();

    expect(seen).toHaveLength(500);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
    expect(clock.pendingTimers).toBe(0);
  });

  it('tells when its next timer is due, and runs it only if that is in time', () => {
    const clock = new VirtualClock(0);
    const ran: number[] = [];
    clock.schedule(20, () => ran.push(clock.now()));
    clock.schedule(10, () => undefined)();
    expect(clock.nextTimerMs).toBe(20);

    expect([clock.runNext(19), clock.now(), ran]).toEqual([false, 0, []]);
    expect([clock.runNext(20), clock.now(), ran]).toEqual([true, 20, [20]]);
    expect([clock.runNext(), clock.nextTimerMs]).toEqual([false, undefined]);
  });
});
