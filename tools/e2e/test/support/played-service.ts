import { ApiClient } from '../../src/api-client';
import { LocalRuntime } from '../../src/local-runtime';
import { WorkflowApi } from '../../src/workflow-api';
import { ProgrammableService } from './programmable-service';

export interface PlayedService {
  readonly service: ProgrammableService;
  readonly runtime: LocalRuntime;
  readonly workflows: WorkflowApi;
  stop(): Promise<void>;
}

/** A runtime of its own whose external service behaves as the test says. */
export async function playService(behaviours: Parameters<typeof ProgrammableService.start>[0]): Promise<PlayedService> {
  const service = await ProgrammableService.start(behaviours);
  const runtime = LocalRuntime.launch({ env: { WORKFLOWS_EXTERNAL_SERVICE_URL: service.url } });
  const stop = async () => {
    service.close();
    await runtime.stop();
  };
  try {
    await runtime.ready();
  } catch (error) {
    await stop();
    throw error;
  }
  return { service, runtime, workflows: new WorkflowApi(new ApiClient(runtime.outputs().workflowApiEndpoint)), stop };
}
