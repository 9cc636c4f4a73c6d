import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type ListedObject, noSuchBucket, noSuchKey, type ObjectStore, ObjectStoreError } from './object-store';

/** Buckets that are folders: an object's key is the path of a file in it, with `/` between folders. */
export class FolderObjectStore implements ObjectStore {
  readonly #folders: ReadonlyMap<string, string>;

  /** @param folders by the names of buckets */
  constructor(folders: ReadonlyMap<string, string>) {
    this.#folders = new Map([...folders].map(([bucket, folder]) => [bucket, resolve(folder)]));
  }

  has(bucket: string): boolean {
    return this.#folders.has(bucket);
  }

  async get(bucket: string, key: string): Promise<Buffer> {
    try {
      return await readFile(this.#path(bucket, key));
    } catch (error) {
      throw isMissing(error) ? noSuchKey(key) : error;
    }
  }

  async list(bucket: string, prefix: string): Promise<readonly ListedObject[]> {
    const folder = this.#folder(bucket);
    const keys = (await filesIn(folder)).map((path) => relative(folder, path).split(sep).join('/'));
    const chosen = keys.filter((key) => key.startsWith(prefix)).sort((one, other) => (one < other ? -1 : 1));
    return Promise.all(
      chosen.map(async (key) => {
        const path = join(folder, key);
        const [content, { mtimeMs, size }] = await Promise.all([readFile(path), stat(path)]);
        const etag = createHash('md5').update(content).digest('hex');
        return { key, etag, lastModifiedMs: mtimeMs, size, storageClass: 'STANDARD' };
      }),
    );
  }

  async put(bucket: string, key: string, body: string): Promise<void> {
    const path = this.#path(bucket, key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
  }

  #folder(bucket: string): string {
    const folder = this.#folders.get(bucket);
    if (folder === undefined) {
      const known = [...this.#folders.keys()].join(', ');
      throw noSuchBucket(
        bucket,
        `. Known here: ${known === '' ? 'none' : known} (--bucket name=folder, or an endpoint of S3)`,
      );
    }
    return folder;
  }

  /** A key cannot lead out of the bucket's folder. */
  #path(bucket: string, key: string): string {
    const folder = this.#folder(bucket);
    const path = resolve(folder, key);
    if (!path.startsWith(folder + sep)) {
      throw new ObjectStoreError('InvalidArgument', `The key is no path inside the folder of the bucket: ${key}`);
    }
    return path;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
