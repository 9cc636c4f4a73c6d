import type { JsonValue } from '@workflows/states-language';
import { OPTIMIZED_STYLE, SdkCallError, type SdkServices, type ServiceLocation } from '../../aws-sdk';
import { type ListedObject, type ObjectStore, ObjectStoreError } from './object-store';

type Fields = { readonly [field: string]: JsonValue };

/**
 * Amazon S3, or what stands for it behind an endpoint, by the client of the AWS SDK that is installed where the user
 * works. Objects are read as text.
 */
export class SdkObjectStore implements ObjectStore {
  readonly #sdk: Pick<SdkServices, 'call'>;
  readonly #location: ServiceLocation;

  constructor(sdk: Pick<SdkServices, 'call'>, location: ServiceLocation) {
    this.#sdk = sdk;
    this.#location = location;
  }

  async get(bucket: string, key: string): Promise<Buffer> {
    const { Body = '' } = await this.#call('getObject', { Bucket: bucket, Key: key });
    return Buffer.from(String(Body));
  }

  async list(bucket: string, prefix: string): Promise<readonly ListedObject[]> {
    const found: ListedObject[] = [];
    let token: JsonValue | undefined;
    do {
      const page = await this.#call('listObjectsV2', {
        Bucket: bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      found.push(...(Array.isArray(page.Contents) ? page.Contents : []).map(listed));
      token = page.IsTruncated === true ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
    return found;
  }

  async put(bucket: string, key: string, body: string): Promise<void> {
    await this.#call('putObject', { Bucket: bucket, Key: key, Body: body });
  }

  async #call(action: string, given: JsonValue): Promise<Fields> {
    try {
      return fields((await this.#sdk.call('s3', action, this.#location, given, OPTIMIZED_STYLE)).output);
    } catch (error) {
      throw error instanceof SdkCallError ? new ObjectStoreError(error.code, error.message) : error;
    }
  }
}

function fields(value: JsonValue): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function listed(value: JsonValue): ListedObject {
  const { ETag, Key, LastModified, Size, StorageClass } = fields(value);
  return {
    key: String(Key),
    etag: String(ETag ?? '').replaceAll('"', ''),
    lastModifiedMs: Number(LastModified ?? 0),
    size: Number(Size ?? 0),
    storageClass: String(StorageClass ?? 'STANDARD'),
  };
}
