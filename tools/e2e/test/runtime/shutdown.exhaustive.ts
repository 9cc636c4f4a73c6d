/** Proves that the runtime leaves nothing behind, however it ends, and however busy it is. */
import { busyRuntime } from '../support/busy-runtime';
import { it } from '../support/it';

describe('the runtime in the middle of workflows', () => {
  it('ends on SIGTERM without a process, a port or its files left', async () => {
    const { runtime, ports } = await busyRuntime();

    runtime.process.signal('SIGTERM');

    await runtime.process.ended(10_000);
    await runtime.assertNothingLeft(ports);
    expect(runtime.files()).not.toContain('outputs.json');
  });

  it('leaves no process and no port when it is killed', async () => {
    const { runtime, ports } = await busyRuntime();

    runtime.process.signal('SIGKILL');

    await runtime.process.ended(10_000);
    await runtime.assertNothingLeft(ports);
  });

  for (const startedBy of ['shell', 'package manager'] as const) {
    it(`ends by itself when the ${startedBy} that started it is killed`, async () => {
      const { runtime, ports } = await busyRuntime({ startedBy });

      runtime.process.signal('SIGKILL');

      await runtime.assertNothingLeft(ports, 15_000);
    });
  }
});
