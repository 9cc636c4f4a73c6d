import type { JsonValue } from '@workflows/states-language';
import { OPTIMIZED_STYLE, SdkCallError } from '../../../src/aws-sdk';
import { Buckets, FolderObjectStore, type ObjectStore, SdkObjectStore } from '../../../src/step-functions';

const LOCATION = { url: 'http://127.0.0.1:9000' };

/** An SDK that answers with these outputs, one after the other, and keeps what it was asked. */
function answering(...outputs: JsonValue[]) {
  const calls: unknown[] = [];
  const call = async (...given: unknown[]) => {
    calls.push(given);
    return { output: outputs.shift() ?? null, response: { statusCode: 200, headers: {} }, requestId: undefined };
  };
  return { calls, sdk: { call } };
}

describe('objects behind an endpoint of S3', () => {
  it('are read and written by the client of S3', async () => {
    const { calls, sdk } = answering({ Body: 'text' }, {});
    const objects = new SdkObjectStore(sdk, LOCATION);
    expect((await objects.get('b', 'k')).toString()).toBe('text');
    await objects.put('b', 'k', 'new');
    expect(calls).toEqual([
      ['s3', 'getObject', LOCATION, { Bucket: 'b', Key: 'k' }, OPTIMIZED_STYLE],
      ['s3', 'putObject', LOCATION, { Bucket: 'b', Key: 'k', Body: 'new' }, OPTIMIZED_STYLE],
    ]);
  });

  it('are listed to the last page', async () => {
    const object = { Key: 'p/1', ETag: '"e"', LastModified: 1000, Size: 5, StorageClass: 'STANDARD' };
    const { calls, sdk } = answering(
      { Contents: [object], IsTruncated: true, NextContinuationToken: 'next' },
      { Contents: [{ ...object, Key: 'p/2' }], IsTruncated: false },
    );
    expect(await new SdkObjectStore(sdk, LOCATION).list('b', 'p/')).toEqual([
      { key: 'p/1', etag: 'e', lastModifiedMs: 1000, size: 5, storageClass: 'STANDARD' },
      { key: 'p/2', etag: 'e', lastModifiedMs: 1000, size: 5, storageClass: 'STANDARD' },
    ]);
    expect(calls[1]).toContainEqual({ Bucket: 'b', Prefix: 'p/', ContinuationToken: 'next' });
  });

  it('fail in the words of S3', async () => {
    const call = async () => {
      const words = 'The specified key does not exist.';
      throw new SdkCallError(words, 'NoSuchKey', 'NoSuchKey', true, 'S3', 404, undefined, undefined);
    };
    await expect(new SdkObjectStore({ call }, LOCATION).get('b', 'k')).rejects.toMatchObject({
      code: 'NoSuchKey',
      message: 'The specified key does not exist.',
    });
  });
});

it('a bucket that is a folder goes before one behind an endpoint', async () => {
  const asked: string[] = [];
  const others: ObjectStore = {
    get: async (bucket) => Buffer.from(bucket),
    list: async (bucket) => {
      asked.push(bucket);
      return [];
    },
    put: async () => undefined,
  };
  const buckets = new Buckets(new FolderObjectStore(new Map([['folder', '/nowhere/at/all']])), others);
  expect((await buckets.get('other', 'k')).toString()).toBe('other');
  await expect(buckets.get('folder', 'k')).rejects.toMatchObject({ code: 'NoSuchKey' });
  expect(await buckets.list('folder', '')).toEqual([]);
  await buckets.list('other', '');
  expect(asked).toEqual(['other']);
});
