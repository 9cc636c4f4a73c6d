/** Proves that the runtime leaves nothing behind, however it ends, and however busy it is. */
import { ApiClient } from '../../src/api-client';
import { LocalRuntime } from '../../src/local-runtime';
import { isListening } from '../../src/managed-process';
import { mocked, WorkflowApi } from '../../src/workflow-api';
import { it } from '../support/it';

const started: LocalRuntime[] = [];
afterAll(() => Promise.all(started.map((runtime) => runtime.discard())));

/** A runtime in the middle of workflows: some wait for a callback, some wait for the mock, one waits in a timer. */
async function busyRuntime(launch: () => LocalRuntime): Promise<{ runtime: LocalRuntime; ports: number[] }> {
  const runtime = launch();
  started.push(runtime);
  await runtime.ready();
  const outputs = runtime.outputs();
  const workflows = new WorkflowApi(new ApiClient(outputs.workflowApiEndpoint));
  await workflows.startTask(mocked({ outcome: 'silent' }));
  await workflows.startTask(mocked({ outcome: 'succeed', delayMs: 20_000 }));
  await new ApiClient(outputs.idempotentApiEndpoint).post('workflow', { name: 'busy', input: { delaySeconds: 60 } });
  const ports = runtime.ports();
  expect(await Promise.all(ports.map(isListening))).toEqual(ports.map(() => true));
  return { runtime, ports };
}

describe('the runtime in the middle of workflows', () => {
  it('ends on Ctrl-C without a process, a port or its files left', async () => {
    const { runtime, ports } = await busyRuntime(() => LocalRuntime.launch());

    runtime.process.interrupt();

    expect([0, 130]).toContain(await runtime.process.ended(10_000));
    await runtime.assertNothingLeft(ports);
    expect(runtime.files()).not.toContain('outputs.json');
    expect(runtime.files()).not.toContain('aws.env');
  }, 90_000);

  it('ends on SIGTERM without a process, a port or its files left', async () => {
    const { runtime, ports } = await busyRuntime(() => LocalRuntime.launch());

    runtime.process.signal('SIGTERM');

    await runtime.process.ended(10_000);
    await runtime.assertNothingLeft(ports);
    expect(runtime.files()).not.toContain('outputs.json');
  }, 90_000);

  it('leaves no process and no port when it is killed', async () => {
    const { runtime, ports } = await busyRuntime(() => LocalRuntime.launch());

    runtime.process.signal('SIGKILL');

    await runtime.process.ended(10_000);
    await runtime.assertNothingLeft(ports);
  }, 90_000);

  for (const startedBy of ['shell', 'package manager'] as const) {
    it(`ends by itself when the ${startedBy} that started it is killed`, async () => {
      const { runtime, ports } = await busyRuntime(() => LocalRuntime.launch({ startedBy }));

      runtime.process.signal('SIGKILL');

      await runtime.assertNothingLeft(ports, 15_000);
    }, 90_000);
  }
});
