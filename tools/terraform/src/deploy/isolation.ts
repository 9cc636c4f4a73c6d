/** Two environments in one account: neither may see or share what belongs to the other. */
import { CommandError } from '@workflows/command-line';
import { requireOutput, type StackOutputs } from '@workflows/contract';

/**
 * Checks that no output is the same in both, and that a task of one is unknown to the other.
 *
 * @throws {CommandError} saying what they share
 */
export async function checkIsolation(
  first: StackOutputs,
  second: StackOutputs,
  fetchFn: typeof fetch = fetch,
): Promise<void> {
  const shared = sharedOutputs(first, second);
  if (shared.length > 0) {
    throw new CommandError(`Both stages have the same ${shared.join(', ')}.`);
  }

  const own = requireOutput(second, 'workflowApi');
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
    [requireOutput(first, 'workflowApi'), 404],
  ] as const) {
    const { status } = await fetchFn(`${base}tasks/${taskId}`);
    if (status !== expected) {
      throw new CommandError(`GET ${base}tasks/{taskId} answered ${status}; expected ${expected}.`);
    }
  }
}

/** Names of the outputs with equal values. */
export function sharedOutputs(first: StackOutputs, second: StackOutputs): string[] {
  return Object.entries(first).flatMap(([stack, outputs]) =>
    Object.entries(outputs)
      .filter(([name, value]) => second[stack]?.[name] === value)
      .map(([name]) => `${stack}.${name}`),
  );
}
