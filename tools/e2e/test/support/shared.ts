/** What the global setup hands to the global teardown. Both run in jest's main process. */
import type { LocalRuntime } from '../../src/local-runtime';

interface Shared {
  runtime?: LocalRuntime;
}

const holder: typeof globalThis & { workflowsE2e?: Shared } = globalThis;
holder.workflowsE2e ??= {};

export const shared: Shared = holder.workflowsE2e;
