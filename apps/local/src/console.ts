import { type Console, createConsole } from '@workflows/console';
import type { LocalCloud } from '@workflows/local-cloud';

/** How far the console's port is from the AWS endpoint's: the HTTP APIs take those between. */
const PORT_OFFSET = 10;

/**
 * Serves the console for a runtime in this process.
 * @param port of the AWS endpoint; 0 for any free one
 * @param retain how many ended executions the runtime keeps: the console has no use for more
 * @param externalServiceUrl base URL of the mock that a person plays
 * @throws {ConsolePortError} when the port is taken
 */
export function openConsole(
  { credentials, endpoint, events, outputs, region }: LocalCloud,
  port: number,
  retain: number,
  externalServiceUrl: string | undefined,
): Promise<Console> {
  return createConsole({
    awsEndpoint: endpoint,
    credentials,
    events,
    outputs,
    executionLimit: retain,
    port: port === 0 ? 0 : port + PORT_OFFSET,
    region,
    ...(externalServiceUrl === undefined ? {} : { manual: true, externalServiceUrl }),
  });
}
