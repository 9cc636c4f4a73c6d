export { FolderObjectStore } from './folder-object-store';
export { type ListedObject, noSuchBucket, noSuchKey, type ObjectStore, ObjectStoreError } from './object-store';
