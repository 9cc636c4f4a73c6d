import { AutoAdvancingClock } from '../../src/clock';
import type { Functions, InvocationReport } from '../../src/lambda';
import { createFunctions, host } from './support';

const FAILING = 'exports.handler = async () => { throw new Error("again"); };';

describe('asynchronous invocations', () => {
  let functions: Functions;
  afterEach(() => functions.close());

  /** Invokes a function that always fails. @returns when it ran, in seconds of virtual time */
  async function attempts(configure: (functions: Functions) => void): Promise<number[]> {
    const clock = new AutoAdvancingClock({ startMs: 0 });
    const at: number[] = [];
    functions = createFunctions({ clock, onInvoked: (_report: InvocationReport) => at.push(clock.now() / 1000) });
    host(functions, 'f', FAILING);
    configure(functions);
    await functions.invoke('f', '{}', { invocationType: 'Event', principal: undefined });
    await new Promise<void>((resolve) => clock.schedule(3600_000, resolve));
    return at;
  }

  it('run three times when they fail, after one minute and after two more', async () => {
    expect(await attempts(() => undefined)).toEqual([0, 60, 180]);
  });

  it('run as often as their configuration says', async () => {
    expect(
      await attempts((it) => it.configureAsynchronous('f', { maximumRetryAttempts: 0, maximumEventAgeSeconds: 3600 })),
    ).toEqual([0]);
  });

  it('are given up when they are too old', async () => {
    expect(
      await attempts((it) => it.configureAsynchronous('f', { maximumRetryAttempts: 2, maximumEventAgeSeconds: 100 })),
    ).toEqual([0, 60]);
  });
});
