/**
 * What several test files read is synthesized once, before them. Each file has a module registry of its own, so that
 * loading CDK for Terraform and all resources in it takes a file more time than all of its tests.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Environments that more than one file asks for. */
export const SHARED_ENVIRONMENTS: readonly Record<string, string>[] = [
  {},
  { WORKFLOWS_ENVIRONMENT: 'prod' },
  { WORKFLOWS_EXTERNAL_SERVICE_URL: 'https://example.com' },
];

const VARIABLE = 'STACKS_TEST_SYNTHESIZED';

/** Makes the folder that the test files then share. */
export function makeSharedFolder(): void {
  process.env[VARIABLE] = mkdtempSync(join(tmpdir(), 'stacks-test-shared-'));
}

export const sharedFolder = (): string | undefined => process.env[VARIABLE];

/** Where the stacks of an environment are synthesized for all files; `undefined` when one file alone needs them. */
export function sharedOutdir(environment: Record<string, string>): string | undefined {
  const key = JSON.stringify(environment);
  const index = SHARED_ENVIRONMENTS.findIndex((shared) => JSON.stringify(shared) === key);
  const folder = sharedFolder();
  return index < 0 || folder === undefined ? undefined : join(folder, String(index));
}
