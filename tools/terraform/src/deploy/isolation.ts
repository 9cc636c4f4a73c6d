/** Two environments in one account: neither may see or share what belongs to the other. */
import { CommandError } from '@workflows/command-line';
import { OUTPUTS, outputOf } from '@workflows/contract';
import type { Outputs } from './stage';

/**
 * Checks that no output is the same in both, and that a task of one is unknown to the other.
 *
 * @throws {CommandError} saying what they share
 */
export async function checkIsolation(first: Outputs, second: Outputs, fetchFn: typeof fetch = fetch): Promise<void> {
  const shared = sharedOutputs(first, second);
  if (shared.length > 0) {
    throw new CommandError(`Both stages have the same ${shared.join(', ')}.`);
  }

  const own = endpoint(second);
  const started = await fetchFn(`${own}tasks`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: { mock: { outcome: 'silent' } } }),
  });
  const { taskId } = (await started.json()) as { taskId?: string };
  if (started.status !== 202 || taskId === undefined) {
    throw new CommandError(`POST ${own}tasks answered ${started.status}; expected 202 with a taskId.`);
  }
  for (const [base, expected] of [
    [own, 200],
    [endpoint(first), 404],
  ] as const) {
    const { status } = await fetchFn(`${base}tasks/${taskId}`);
    if (status !== expected) {
      throw new CommandError(`GET ${base}tasks/{taskId} answered ${status}; expected ${expected}.`);
    }
  }
}

/** Names of the outputs with equal values. */
export function sharedOutputs(first: Outputs, second: Outputs): string[] {
  return Object.entries(first).flatMap(([stack, outputs]) =>
    Object.entries(outputs)
      .filter(([name, value]) => second[stack]?.[name] === value)
      .map(([name]) => `${stack}.${name}`),
  );
}

function endpoint(outputs: Outputs): string {
  const value = outputOf(outputs, 'workflowApi');
  if (value === undefined) {
    const { stack, name } = OUTPUTS.workflowApi;
    throw new CommandError(`The deployment has no output ${stack}.${name}.`);
  }
  return value;
}
