/** Gives every test file its target through the environment. The local target is started here, all others only read. */
import { LocalRuntime } from '../../src/local-runtime';
import { loadTarget, targetName } from '../../src/target';
import { shared } from './shared';

export default async function setUp(): Promise<void> {
  if (targetName(process.env) === 'local' && process.env.E2E_OUTPUTS === undefined) {
    const runtime = LocalRuntime.launch();
    shared.runtime = runtime;
    try {
      await runtime.ready();
    } catch (error) {
      await runtime.discard();
      throw error;
    }
    Object.assign(process.env, runtime.environment(), {
      E2E_OUTPUTS: runtime.outputsFile,
      E2E_LOGS: runtime.logsDirectory,
    });
  }
  loadTarget(process.env, process.cwd());
}
