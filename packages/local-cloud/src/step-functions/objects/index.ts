export { FolderObjectStore } from './folder-object-store';
export type { ObjectStore } from './object-store';
