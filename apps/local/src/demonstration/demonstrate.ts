import { SFNClient } from '@aws-sdk/client-sfn';
import { MissingOutputError, type OutputKey, PATTERNS, requireOutput } from '@workflows/contract';
import type { LocalCloud } from '@workflows/local-cloud';
import type { Printer } from '../narration';
import { httpClient } from './http-client';
import { runPattern } from './run-pattern';

/**
 * Runs each pattern once, as a client of the endpoints that anybody may use.
 * @returns whether every workflow ended as expected
 */
export async function demonstrate(cloud: LocalCloud, printer: Printer, signal: AbortSignal): Promise<boolean> {
  const { credentials, endpoint, region } = cloud;
  const stepFunctions = new SFNClient({ endpoint, region, credentials });
  const tools = {
    output: (key: OutputKey) => requireOutput(cloud.outputs, key),
    send: httpClient(cloud, signal),
    stepFunctions,
  };
  let allWell = true;
  try {
    for (const pattern of PATTERNS) {
      if (signal.aborted) {
        return false;
      }
      const title = `${pattern.title}: ${pattern.description}`;
      printer.pattern(title);
      const problem = await runPattern(pattern, tools).catch((error: Error) => {
        if (signal.aborted || error instanceof MissingOutputError) {
          throw error;
        }
        return error.message;
      });
      printer.result({ pattern: title, ok: problem === undefined, ...(problem === undefined ? {} : { problem }) });
      allWell &&= problem === undefined;
    }
    return allWell;
  } finally {
    stepFunctions.destroy();
  }
}
