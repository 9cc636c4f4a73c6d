export { Buckets } from './buckets';
export { FolderObjectStore } from './folder-object-store';
export type { ObjectStore } from './object-store';
export { SdkObjectStore } from './sdk-object-store';
