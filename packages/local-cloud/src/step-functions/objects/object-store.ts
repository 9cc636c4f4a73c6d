/** An object in a list. Instants are epoch milliseconds. */
export interface ListedObject {
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModifiedMs: number;
  readonly size: number;
  readonly storageClass: string;
}

/** The objects that distributed Maps read from and write to. */
export interface ObjectStore {
  /** @throws {ObjectStoreError} */
  get(bucket: string, key: string): Promise<Buffer>;
  /** All objects whose keys begin with `prefix`, in the order of their keys. @throws {ObjectStoreError} */
  list(bucket: string, prefix: string): Promise<readonly ListedObject[]>;
  /** @throws {ObjectStoreError} */
  put(bucket: string, key: string, body: string): Promise<void>;
}

/** An object cannot be read or written, in the words of Amazon S3. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
  constructor(
    /** Such as `NoSuchKey`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export const noSuchBucket = (bucket: string, hint = ''): ObjectStoreError =>
  new ObjectStoreError('NoSuchBucket', `The specified bucket does not exist: ${bucket}${hint}`);
export const noSuchKey = (key: string): ObjectStoreError =>
  new ObjectStoreError('NoSuchKey', `The specified key does not exist: ${key}`);
