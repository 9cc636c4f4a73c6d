import { type ThreadLoop, ThreadMeter } from '../../src/lambda/thread-meter';

/** A thread that has been busy for a share of the time, since it began. */
class FakeLoop implements ThreadLoop {
  #active = 0;
  #idle = 0;

  pass(ms: number, busy: number): void {
    this.#active += ms * busy;
    this.#idle += ms * (1 - busy);
  }

  eventLoopUtilization() {
    return { active: this.#active, idle: this.#idle, utilization: 0 };
  }
}

const PROCESSORS = 2;

describe('a meter of threads', () => {
  let nowMs: number;
  let runtime: FakeLoop;
  let functions: FakeLoop[];
  let meter: ThreadMeter;

  beforeEach(() => {
    nowMs = 5000;
    runtime = new FakeLoop();
    functions = [new FakeLoop(), new FakeLoop(), new FakeLoop()];
    meter = new ThreadMeter(runtime, PROCESSORS, () => nowMs);
    for (const loop of functions) {
      meter.watch(loop);
    }
  });

  function pass(ms: number, busy: { readonly runtime: number; readonly functions: number }): void {
    nowMs += ms;
    runtime.pass(ms, busy.runtime);
    for (const loop of functions) {
      loop.pass(ms, busy.functions);
    }
  }

  function hasCapacityAfter(ms: number, busy: { readonly runtime: number; readonly functions: number }): boolean {
    pass(ms, busy);
    return meter.hasCapacity();
  }

  it('finds capacity while threads wait', () => {
    expect(hasCapacityAfter(250, { runtime: 0.1, functions: 0.1 })).toBe(true);
  });

  it('finds none when threads together have work for the processors', () => {
    expect(hasCapacityAfter(250, { runtime: 0.1, functions: 0.3 })).toBe(false);
  });

  it('finds none when the runtime itself, which all wait for, is busy', () => {
    expect(hasCapacityAfter(250, { runtime: 0.4, functions: 0 })).toBe(false);
  });

  it('tells of the time since the last reading, not of all time', () => {
    expect(hasCapacityAfter(250, { runtime: 1, functions: 1 })).toBe(false);
    expect(hasCapacityAfter(250, { runtime: 0, functions: 0 })).toBe(true);
  });

  it('repeats its answer within an interval too short to tell', () => {
    expect(hasCapacityAfter(250, { runtime: 0, functions: 0 })).toBe(true);
    expect(hasCapacityAfter(50, { runtime: 1, functions: 1 })).toBe(true);
  });

  it('finds none when the last reading is so old that it tells of the past', () => {
    expect(hasCapacityAfter(60_000, { runtime: 0, functions: 0 })).toBe(false);
    expect(hasCapacityAfter(250, { runtime: 0, functions: 0 })).toBe(true);
  });

  it('no longer counts a thread that it was told to forget', () => {
    for (const loop of functions) {
      meter.forget(loop);
    }
    expect(hasCapacityAfter(250, { runtime: 0.1, functions: 1 })).toBe(true);
  });

  it('counts a thread that has ended, and tells nothing any more, as idle', () => {
    const ended = new FakeLoop();
    ended.pass(10_000, 1);
    meter.watch(ended);
    ended.eventLoopUtilization = () => ({ active: 0, idle: 0, utilization: 0 });
    expect(hasCapacityAfter(250, { runtime: 0.1, functions: 0.1 })).toBe(true);
  });
});
