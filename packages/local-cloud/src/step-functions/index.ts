export { MockConfigurationError, parseMockConfiguration, readMockFile } from './mocks';
export * from './service';
export { redactTaskTokens } from './task-tokens';
