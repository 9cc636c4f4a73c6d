import { CommandError } from '@workflows/command-line';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { LocalCloud } from '@workflows/local-cloud';
import type { Printer } from '../narration';
import { endpointsOf } from './endpoints';
import { httpClient } from './http-client';
import { PATTERNS } from './patterns';

/**
 * Runs each pattern once, as a client of the endpoints that anybody may use.
 * @returns whether every workflow ended as it should
 */
export async function demonstrate(cloud: LocalCloud, printer: Printer, signal: AbortSignal): Promise<boolean> {
  const { credentials, endpoint, region } = cloud;
  const stepFunctions = new SFNClient({ endpoint, region, credentials });
  const tools = { endpoints: endpointsOf(cloud), send: httpClient(cloud, signal), stepFunctions };
  let allWell = true;
  try {
    for (const { run, title } of PATTERNS) {
      if (signal.aborted) {
        return false;
      }
      printer.pattern(title);
      const problem = await run(tools).catch((error: Error) => {
        if (signal.aborted || error instanceof CommandError) {
          throw error;
        }
        return error.message;
      });
      printer.result({ pattern: title, ok: problem === undefined, ...(problem !== undefined && { problem }) });
      allWell &&= problem === undefined;
    }
    return allWell;
  } finally {
    stepFunctions.destroy();
  }
}
