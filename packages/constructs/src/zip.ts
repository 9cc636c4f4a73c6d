import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The earliest instant a zip entry can carry (local time, as the format has no zone). */
const FIXED_TIME = new Date(1980, 0, 1, 0, 0, 0);

/** A folder as a zip archive whose bytes depend on nothing but names and contents. */
export interface ZipArchive {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes as Lambda reports it (`CodeSha256`), so that Terraform sees no drift. Base64. */
  readonly sha256Base64: string;
  /** The same digest in hexadecimal. */
  readonly sha256: string;
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .sort();

/**
 * Zips a folder: sorted entries, one fixed time, one fixed mode. The archives of `TerraformAsset` differ from run to
 * run with the files' times, which would redeploy every function after every build.
 */
export function zipFolder(folder: string): ZipArchive {
  const entries: Zippable = {};
  for (const file of filesOf(folder)) {
    const name = file.slice(folder.length + 1).replaceAll('\\', '/');
    // 0o644 in the upper half of the external attributes, made by Unix: Lambda must be able to read the file.
    entries[name] = [readFileSync(file), { mtime: FIXED_TIME, os: 3, attrs: 0o100644 * 0x10000, level: 6 }];
  }
  const bytes = zipSync(entries);
  const digest = createHash('sha256').update(bytes).digest();
  return { bytes, sha256Base64: digest.toString('base64'), sha256: digest.toString('hex') };
}

const archives = new Map<string, ZipArchive>();

/** As {@link zipFolder}, but zips a folder whose files have not changed only once in a process. */
export function archiveOf(folder: string): ZipArchive {
  const key = filesOf(folder)
    .map((file) => [file, statSync(file)] as const)
    .map(([file, { size, mtimeMs }]) => `${file} ${size} ${mtimeMs}`)
    .join('\n');
  const archive = archives.get(key) ?? zipFolder(folder);
  archives.set(key, archive);
  return archive;
}
