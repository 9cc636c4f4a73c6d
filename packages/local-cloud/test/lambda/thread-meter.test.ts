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

  it('finds capacity while threads wait', () => {
    pass(250, { runtime: 0.1, functions: 0.1 });
    expect(meter.hasCapacity()).toBe(true);
  });

  it('finds none when threads together have work for the processors', () => {
    pass(250, { runtime: 0.1, functions: 0.3 });
    expect(meter.hasCapacity()).toBe(false);
  });

  it('finds none when the runtime itself, which all wait for, is busy', () => {
    pass(250, { runtime: 0.4, functions: 0 });
    expect(meter.hasCapacity()).toBe(false);
  });

  it('tells of the time since the last reading, not of all time', () => {
    pass(250, { runtime: 1, functions: 1 });
    expect(meter.hasCapacity()).toBe(false);
    pass(250, { runtime: 0, functions: 0 });
    expect(meter.hasCapacity()).toBe(true);
  });

  it('repeats its answer within an interval too short to tell', () => {
    pass(250, { runtime: 0, functions: 0 });
    expect(meter.hasCapacity()).toBe(true);
    pass(50, { runtime: 1, functions: 1 });
    expect(meter.hasCapacity()).toBe(true);
  });

  it('finds none when the last reading is so old that it tells of the past', () => {
    pass(60_000, { runtime: 0, functions: 0 });
    expect(meter.hasCapacity()).toBe(false);
    pass(250, { runtime: 0, functions: 0 });
    expect(meter.hasCapacity()).toBe(true);
  });

  it('no longer counts a thread that it was told to forget', () => {
    for (const loop of functions) {
      meter.forget(loop);
    }
    pass(250, { runtime: 0.1, functions: 1 });
    expect(meter.hasCapacity()).toBe(true);
  });

  it('counts a thread that has ended, and tells nothing any more, as idle', () => {
    const ended = new FakeLoop();
    ended.pass(10_000, 1);
    meter.watch(ended);
    ended.eventLoopUtilization = () => ({ active: 0, idle: 0, utilization: 0 });
    pass(250, { runtime: 0.1, functions: 0.1 });
    expect(meter.hasCapacity()).toBe(true);
  });
});
