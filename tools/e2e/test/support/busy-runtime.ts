/** A runtime in the middle of workflows: some wait for a callback, some wait for the mock, one waits in a timer. */
import { ApiClient } from '../../src/api-client';
import { LocalRuntime, type LocalRuntimeOptions } from '../../src/local-runtime';
import { isListening } from '../../src/managed-process';
import { mocked, WorkflowApi } from '../../src/workflow-api';

const started: LocalRuntime[] = [];
afterAll(() => Promise.all(started.map((runtime) => runtime.discard())));

export async function busyRuntime(options?: LocalRuntimeOptions): Promise<{ runtime: LocalRuntime; ports: number[] }> {
  const runtime = LocalRuntime.launch(options);
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
