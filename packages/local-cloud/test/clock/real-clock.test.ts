import { RealClock } from '../../src/clock';

describe('RealClock', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('fires at its time, not before', () => {
    const clock = new RealClock();
    const fired = jest.fn();
    clock.schedule(500, fired);

    jest.advanceTimersByTime(499);
    expect(fired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it('waits for a year, although setTimeout takes 25 days at most', () => {
    const clock = new RealClock();
    const yearMs = 365 * 24 * 3600 * 1000;
    const fired = jest.fn(() => clock.now());
    clock.schedule(yearMs, fired);

    jest.advanceTimersByTime(yearMs - 1);
    expect(fired).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(fired).toHaveReturnedWith(yearMs);
  });

  it('runs what is overdue soon, but never synchronously', () => {
    const clock = new RealClock();
    const fired = jest.fn();
    clock.schedule(-5, fired);
    expect(fired).not.toHaveBeenCalled();

    jest.runAllTimers();

    expect(fired).toHaveBeenCalledTimes(1);
  });

  it('forgets withdrawn timers, due or overdue', () => {
    const clock = new RealClock();
    const fired = jest.fn();
    clock.schedule(-5, fired)();
    clock.schedule(50, fired)();

    jest.runAllTimers();

    expect(fired).not.toHaveBeenCalled();
  });

  it('runs what recurs at every interval, without making up for time that the machine slept', () => {
    const clock = new RealClock();
    const turns: number[] = [];
    const cancel = clock.every(60_000, () => turns.push(clock.now()));

    jest.advanceTimersByTime(120_000);
    jest.setSystemTime(600_000 + 30_000);
    jest.advanceTimersByTime(90_000);
    cancel();
    jest.advanceTimersByTime(600_000);

    expect(turns).toEqual([60_000, 120_000, 690_000, 720_000]);
  });
});
