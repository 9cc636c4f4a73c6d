import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ItemReaderRequest, ReadItems } from '@workflows/states-language';
import { readItems } from '../../../src/step-functions/map-runs/item-reader';
import { FolderObjectStore } from '../../../src/step-functions/objects';

describe('the ItemReader of a distributed Map', () => {
  let folder: string;
  let objects: FolderObjectStore;
  const asked: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bucket-'));
    objects = new FolderObjectStore(new Map([['data', folder]]));
    asked.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = (config: object, given: object = { Key: 'items' }, action = 'getObject'): Promise<ReadItems[]> => {
    const request = {
      resource: `arn:aws:states:::s3:${action}`,
      arguments: { Bucket: 'data', ...given },
      config,
    } as ItemReaderRequest;
    return readItems(request, objects, (...access) => asked.push(access.join(' ')));
  };
  const itemsOf = async (content: string, config: object): Promise<unknown> => {
    await objects.put('data', 'items', content);
    return (await read(config)).flatMap(({ items }) => items);
  };

  it.each([
    [
      'CSV with the headers of its first row',
      'a,b\n1,x\n2,y\n',
      { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
      [
        { a: '1', b: 'x' },
        { a: '2', b: 'y' },
      ],
    ],
    [
      'CSV with given headers',
      '1,x\r\n2,y\r\n',
      { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a', 'b'] },
      [
        { a: '1', b: 'x' },
        { a: '2', b: 'y' },
      ],
    ],
    [
      'CSV with quotes and lines inside of them',
      '\uFEFFa,b\n"1,""2""","x\ny"\n',
      { InputType: 'CSV' },
      [{ a: '1,"2"', b: 'x\ny' }],
    ],
    [
      'CSV with rows that are too short and too long',
      'a,b\n1\n1,2,3\n',
      { InputType: 'CSV' },
      [
        { a: '1', b: '' },
        { a: '1', b: '2' },
      ],
    ],
    ['CSV by semicolons', 'a;b\n1,5;x\n', { InputType: 'CSV', CSVDelimiter: 'SEMICOLON' }, [{ a: '1,5', b: 'x' }]],
    ['CSV by tabs', 'a\tb\n1\tx\n', { InputType: 'CSV', CSVDelimiter: 'TAB' }, [{ a: '1', b: 'x' }]],
    ['CSV by pipes', 'a|b\n1|x\n', { InputType: 'CSV', CSVDelimiter: 'PIPE' }, [{ a: '1', b: 'x' }]],
    ['JSON', '[1,{"a":2}]', { InputType: 'JSON' }, [1, { a: 2 }]],
    ['JSON inside of an object', '{"a/b":{"list":[1]}}', { InputType: 'JSON', ItemsPointer: '/a~1b/list' }, [1]],
    ['a JSON object', '{"x":1,"y":2}', { InputType: 'JSON' }, [{ x: 1, y: 2 }]],
    ['JSON Lines', '{"a":1}\n\n{"a":2}', { InputType: 'JSONL' }, [{ a: 1 }, { a: 2 }]],
    ['no more than so many items', '[1,2,3]', { InputType: 'JSON', MaxItems: 2 }, [1, 2]],
  ])('reads %s', async (_what, content, config, items) => {
    expect(await itemsOf(content, config)).toEqual(items);
  });

  it.each([
    [
      'Parquet',
      '',
      { InputType: 'PARQUET' },
      'The InputType PARQUET is not supported by this runtime. Supported: CSV, JSON, JSONL.',
    ],
    ['what is no JSON', '[1', { InputType: 'JSON' }, 'items is not valid JSON'],
    ['a value that is no list', '7', { InputType: 'JSON' }, 'items has no array or object at its top.'],
    [
      'a pointer to nothing',
      '{"a":[]}',
      { InputType: 'JSON', ItemsPointer: '/b' },
      'items has no array or object at /b.',
    ],
  ])('refuses %s', async (_what, content, config, message) => {
    await expect(itemsOf(content, config)).rejects.toThrow(message);
  });

  it('says where items come from, and asks whether they may be read', async () => {
    await objects.put('data', 'folder/items.json', '[1]');
    expect(await read({ InputType: 'JSON' }, { Key: 'folder/items.json' })).toEqual([
      { source: 'S3://data/folder/items.json', items: [1] },
    ]);
    expect(asked).toEqual(['s3:GetObject arn:aws:s3:::data/folder/items.json']);
  });

  it('lists the objects under a prefix', async () => {
    await objects.put('data', 'in/b.txt', 'bb');
    await objects.put('data', 'in/a.txt', 'a');
    await objects.put('data', 'out/c.txt', 'c');
    expect(await read({}, { Prefix: 'in/' }, 'listObjectsV2')).toEqual([
      {
        source: 'S3://data',
        items: [
          {
            Etag: '"0cc175b9c0f1b6a831c399e269772661"',
            Key: 'in/a.txt',
            LastModified: expect.any(Number),
            Size: 1,
            StorageClass: 'STANDARD',
          },
          expect.objectContaining({ Key: 'in/b.txt', Size: 2 }),
        ],
      },
    ]);
    expect(asked).toEqual(['s3:ListBucket arn:aws:s3:::data']);
  });

  it('loads and flattens the objects under a prefix', async () => {
    await objects.put('data', 'in/1.json', '[1,2]');
    await objects.put('data', 'in/2.json', '[3]');
    const config = { InputType: 'JSON', Transformation: 'LOAD_AND_FLATTEN', MaxItems: 3 };
    expect(await read(config, { Prefix: 'in/' }, 'listObjectsV2')).toEqual([
      { source: 'S3://data/in/1.json', items: [1, 2] },
      { source: 'S3://data/in/2.json', items: [3] },
    ]);
  });

  it('reads the lists of an inventory', async () => {
    const manifest = {
      destinationBucket: 'arn:aws:s3:::data',
      fileFormat: 'CSV',
      fileSchema: 'Bucket, Key, Size',
      files: [{ key: 'lists/1.csv.gz' }],
    };
    await objects.put('data', 'items', JSON.stringify(manifest));
    jest
      .spyOn(objects, 'get')
      .mockImplementation(async (_bucket, key) =>
        key === 'items' ? Buffer.from(JSON.stringify(manifest)) : gzipSync('"data","a.txt","5"\n'),
      );
    expect(await read({ InputType: 'MANIFEST' })).toEqual([
      { source: 'S3://data/lists/1.csv.gz', items: [{ Bucket: 'data', Key: 'a.txt', Size: '5' }] },
    ]);
  });

  it('reads the files that a manifest of Athena names', async () => {
    await objects.put('data', 'items', 's3://data/part-1\ns3://data/part-2\n');
    await objects.put('data', 'part-1', '{"a":1}\n');
    await objects.put('data', 'part-2', '{"a":2}\n');
    expect(await read({ InputType: 'JSONL', ManifestType: 'ATHENA_DATA' })).toEqual([
      { source: 'S3://data/part-1', items: [{ a: 1 }] },
      { source: 'S3://data/part-2', items: [{ a: 2 }] },
    ]);
  });

  it.each([
    [
      { Bucket: 'other', Key: 'items' },
      'The specified bucket does not exist: other. Known here: data (--bucket name=folder, or an endpoint of S3)',
    ],
    [{ Key: 'missing' }, 'The specified key does not exist: missing'],
    [{ Key: '../outside' }, 'The key is no path inside the folder of the bucket: ../outside'],
    [{}, 'ItemReader needs a text as Key. Received: undefined'],
  ])('refuses to read %j', async (given, message) => {
    await expect(read({ InputType: 'JSON' }, given)).rejects.toThrow(message);
  });

  it('writes into folders that are not there yet', async () => {
    await objects.put('data', 'a/b/c.json', '{}');
    expect(await readFile(join(folder, 'a', 'b', 'c.json'), 'utf8')).toBe('{}');
  });
});
