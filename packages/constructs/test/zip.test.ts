import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { archiveOf, zipFolder } from '../src/zip';

describe('zipFolder', () => {
  let folder: string;

  const write = (files: Record<string, string>, time: Date) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), content);
      utimesSync(join(folder, name), time, time);
    }
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zip-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the same bytes whenever and in whatever order the files were written', () => {
    write({ 'index.js': 'a', 'lib/b.js': 'b' }, new Date('2020-01-01T00:00:00Z'));
    const first = zipFolder(folder);
    rmSync(folder, { recursive: true });
    write({ 'lib/b.js': 'b', 'index.js': 'a' }, new Date('2024-06-01T12:00:00Z'));
    const second = zipFolder(folder);

    expect(Buffer.from(second.bytes)).toEqual(Buffer.from(first.bytes));
  });

  it('changes its digest with the content', () => {
    write({ 'index.js': 'a' }, new Date(0));
    const before = zipFolder(folder);
    write({ 'index.js': 'b' }, new Date(0));

    expect(zipFolder(folder).sha256).not.toBe(before.sha256);
  });

  it('keeps names, folders and contents', () => {
    write({ 'index.js': 'exports.handler = 1;', 'lib/deep/b.js': 'b' }, new Date());

    const entries = Object.entries(unzipSync(zipFolder(folder).bytes)).map(([name, data]) => [name, strFromU8(data)]);

    expect(entries).toEqual([
      ['index.js', 'exports.handler = 1;'],
      ['lib/deep/b.js', 'b'],
    ]);
  });

  it('gives the digest that Lambda reports: SHA-256 of the archive in base64', () => {
    write({ 'index.js': 'a' }, new Date());
    const { bytes, sha256Base64 } = zipFolder(folder);

    expect(sha256Base64).toBe(createHash('sha256').update(bytes).digest('base64'));
  });

  it('makes the files readable by everybody, as Lambda runs as another user', () => {
    write({ 'index.js': 'a' }, new Date());
    const archive = Buffer.from(zipFolder(folder).bytes);
    const directory = archive.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));

    expect((archive.readUInt32LE(directory + 38) >>> 16).toString(8)).toBe('100644');
  });

  it('is done once for a folder that stays the same, and again when it changes', () => {
    write({ 'index.js': 'a' }, new Date('2024-01-01T00:00:00Z'));
    const first = archiveOf(folder);

    expect(archiveOf(folder)).toBe(first);
    write({ 'index.js': 'b' }, new Date('2024-01-02T00:00:00Z'));
    expect(archiveOf(folder).sha256).not.toBe(first.sha256);
  });
});
