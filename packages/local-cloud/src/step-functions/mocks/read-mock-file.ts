import { readFileSync } from 'node:fs';
import type { MockConfiguration } from './configuration';
import { MockConfigurationError, parseMockConfiguration } from './parse-configuration';

/**
 * Reads the file that `--mocks` and `SFN_MOCK_CONFIG` name.
 *
 * @throws {MockConfigurationError} when it cannot be read or is not a mock configuration
 */
export function readMockFile(path: string): MockConfiguration {
  return parseMockConfiguration(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new MockConfigurationError(`The mock configuration ${path} cannot be read: ${(error as Error).message}.`);
  }
}
