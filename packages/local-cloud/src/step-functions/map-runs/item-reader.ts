import { gunzipSync } from 'node:zlib';
import type { ItemReaderRequest, JsonValue, ReadItems } from '@workflows/states-language';
import type { ObjectStore } from '../objects';
import { csvRows, type FormatConfig, headed, ItemFormatError, itemsIn } from './item-formats';

type Fields = { readonly [field: string]: JsonValue };

/** Asked before each access, as Step Functions acts as the role of the state machine. @throws {AwsError} */
export type AuthorizeAccess = (action: 's3:GetObject' | 's3:ListBucket' | 's3:PutObject', resourceArn: string) => void;

const GET_OBJECT = 'arn:aws:states:::s3:getObject';
const LIST_OBJECTS = 'arn:aws:states:::s3:listObjectsV2';

/**
 * Reads the items of a distributed Map.
 *
 * @throws {ItemFormatError} {ObjectStoreError} {AwsError}
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export async function readItems(
  request: ItemReaderRequest,
  objects: ObjectStore,
  authorize: AuthorizeAccess,
): Promise<ReadItems[]> {
  const reader = new ItemReader({ request, objects, authorize });
  return upTo(numberIn(request.config.MaxItems), await reader.read());
}

interface ItemReaderOptions {
  readonly request: ItemReaderRequest;
  readonly objects: ObjectStore;
  readonly authorize: AuthorizeAccess;
}

class ItemReader {
  readonly #options: ItemReaderOptions;
  readonly #given: Fields;

  constructor(options: ItemReaderOptions) {
    this.#options = options;
    const given = options.request.arguments;
    this.#given = typeof given === 'object' && given !== null && !Array.isArray(given) ? given : {};
  }

  read(): Promise<ReadItems[]> {
    const { config, resource } = this.#options.request;
    if (resource === LIST_OBJECTS) {
      return config.Transformation === 'LOAD_AND_FLATTEN' ? this.#loadAll() : this.#list();
    }
    if (resource !== GET_OBJECT) {
      throw new ItemFormatError(
        `ItemReader does not support the resource ${resource}. Supported: ${GET_OBJECT}, ${LIST_OBJECTS}.`,
      );
    }
    if (config.ManifestType === 'ATHENA_DATA') {
      return this.#athenaManifest();
    }
    return config.InputType === 'MANIFEST' ? this.#inventory() : this.#object();
  }

  async #object(): Promise<ReadItems[]> {
    const [bucket, key] = [this.#text('Bucket'), this.#text('Key')];
    return [{ source: uri(bucket, key), items: itemsIn(await this.#content(bucket, key), key, this.#format()) }];
  }

  /** As AWS was seen to hand objects on: https://github.com/floci-io/floci/pull/3460 */
  async #list(): Promise<ReadItems[]> {
    const bucket = this.#text('Bucket');
    const items = (await this.#listed()).map(({ etag, key, lastModifiedMs, size, storageClass }) => ({
      Etag: `"${etag}"`,
      Key: key,
      LastModified: Math.floor(lastModifiedMs / 1000),
      Size: size,
      StorageClass: storageClass,
    }));
    return [{ source: `S3://${bucket}`, items }];
  }

  async #loadAll(): Promise<ReadItems[]> {
    const bucket = this.#text('Bucket');
    const read: ReadItems[] = [];
    for (const { key } of await this.#listed()) {
      read.push({ source: uri(bucket, key), items: itemsIn(await this.#content(bucket, key), key, this.#format()) });
    }
    return read;
  }

  #listed() {
    const bucket = this.#text('Bucket');
    this.#options.authorize('s3:ListBucket', `arn:aws:s3:::${bucket}`);
    const prefix = this.#given.Prefix;
    return this.#options.objects.list(bucket, typeof prefix === 'string' ? prefix : '');
  }

  /**
   * The objects that an Amazon S3 inventory lists.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html
   */
  async #inventory(): Promise<ReadItems[]> {
    const [bucket, key] = [this.#text('Bucket'), this.#text('Key')];
    const manifest: Fields = JSON.parse(await this.#content(bucket, key));
    if (manifest.fileFormat !== 'CSV') {
      throw new ItemFormatError(
        `The file format ${manifest.fileFormat} of the inventory is not supported. Supported: CSV.`,
      );
    }
    const destination = String(manifest.destinationBucket).replace(/^arn:[^:]*:s3:::/, '');
    const headers = String(manifest.fileSchema)
      .split(',')
      .map((field) => field.trim());
    const files = Array.isArray(manifest.files) ? manifest.files : [];
    const read: ReadItems[] = [];
    for (const file of files) {
      const fileKey = typeof file === 'object' && file !== null && !Array.isArray(file) ? String(file.key) : '';
      const content = await this.#content(destination, fileKey);
      read.push({ source: uri(destination, fileKey), items: headed(csvRows(content), headers) });
    }
    return read;
  }

  /** The data files that the manifest of an Athena UNLOAD names, one URI a line. */
  async #athenaManifest(): Promise<ReadItems[]> {
    const uris = csvRows(await this.#content(this.#text('Bucket'), this.#text('Key'))).flat();
    const read: ReadItems[] = [];
    for (const text of uris) {
      const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(text.trim()) ?? [];
      read.push({ source: uri(bucket, key), items: itemsIn(await this.#content(bucket, key), key, this.#format()) });
    }
    return read;
  }

  async #content(bucket: string, key: string): Promise<string> {
    this.#options.authorize('s3:GetObject', `arn:aws:s3:::${bucket}/${key}`);
    const content = await this.#options.objects.get(bucket, key);
    return (key.endsWith('.gz') ? gunzipSync(content) : content).toString();
  }

  #text(field: string): string {
    const value = this.#given[field];
    if (typeof value !== 'string' || value === '') {
      throw new ItemFormatError(`ItemReader needs a text as ${field}. Received: ${JSON.stringify(value)}`);
    }
    return value;
  }

  #format(): FormatConfig {
    return formatOf(this.#options.request.config);
  }
}

/** What `ReaderConfig` says of the content of one object. */
export function formatOf(config: Fields): FormatConfig {
  const { CSVDelimiter, CSVHeaderLocation, CSVHeaders, InputType, ItemsPointer } = config;
  return {
    inputType: textIn(InputType) ?? 'JSON',
    csvDelimiter: textIn(CSVDelimiter),
    csvHeaderLocation: textIn(CSVHeaderLocation),
    csvHeaders: Array.isArray(CSVHeaders) ? CSVHeaders.map(String) : undefined,
    itemsPointer: textIn(ItemsPointer),
  };
}

const uri = (bucket: string, key: string): string => `S3://${bucket}/${key}`;
const textIn = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const numberIn = (value: JsonValue | undefined): number =>
  typeof value === 'number' ? value : Number.POSITIVE_INFINITY;

/** `MaxItems`, over all that was read. */
function upTo(maxItems: number, read: ReadItems[]): ReadItems[] {
  if (maxItems === Number.POSITIVE_INFINITY) {
    return read;
  }
  let left = maxItems;
  return read.map(({ items, source }) => {
    const entries = Object.entries(items).slice(0, left);
    left -= entries.length;
    return { source, items: Array.isArray(items) ? entries.map(([, value]) => value) : Object.fromEntries(entries) };
  });
}
