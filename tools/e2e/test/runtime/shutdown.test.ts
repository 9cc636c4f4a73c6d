/** Proves that the runtime leaves nothing behind when a person ends it; `shutdown.exhaustive.ts` ends it in every other way. */
import { busyRuntime } from '../support/busy-runtime';
import { it } from '../support/it';

describe('the runtime in the middle of workflows', () => {
  it('ends on Ctrl-C without a process, a port or its files left', async () => {
    const { runtime, ports } = await busyRuntime();

    runtime.process.interrupt();

    expect([0, 130]).toContain(await runtime.process.ended(10_000));
    await runtime.assertNothingLeft(ports);
    expect(runtime.files()).not.toContain('outputs.json');
    expect(runtime.files()).not.toContain('aws.env');
  });
});
