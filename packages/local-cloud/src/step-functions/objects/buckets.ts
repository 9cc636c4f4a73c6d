import type { FolderObjectStore } from './folder-object-store';
import type { ListedObject, ObjectStore } from './object-store';

/** Folders for the buckets that are folders, and another store for all others. */
export class Buckets implements ObjectStore {
  readonly #folders: FolderObjectStore;
  readonly #others: ObjectStore;

  constructor(folders: FolderObjectStore, others: ObjectStore) {
    this.#folders = folders;
    this.#others = others;
  }

  get(bucket: string, key: string): Promise<Buffer> {
    return this.#of(bucket).get(bucket, key);
  }

  list(bucket: string, prefix: string): Promise<readonly ListedObject[]> {
    return this.#of(bucket).list(bucket, prefix);
  }

  put(bucket: string, key: string, body: string): Promise<void> {
    return this.#of(bucket).put(bucket, key, body);
  }

  #of(bucket: string): ObjectStore {
    return this.#folders.has(bucket) ? this.#folders : this.#others;
  }
}
