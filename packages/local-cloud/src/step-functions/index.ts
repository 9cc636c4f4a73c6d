export { otherService } from './integrations/other-services';
export { MockConfigurationError, parseMockConfiguration, readMockFile } from './mocks';
export { Buckets, FolderObjectStore, type ObjectStore, SdkObjectStore } from './objects';
export * from './service';
export { redactTaskTokens } from './task-tokens';
export type { OtherServices } from './tasks/registry';
