export type { MockConfiguration } from './configuration';
export { mockedHost } from './mocked-host';
export { MockConfigurationError, parseMockConfiguration } from './parse-configuration';
export { readMockFile } from './read-mock-file';
export { checkTestCases, testCaseOf, withoutTestCase } from './test-case';
