/** A temporary folder with files in it, removed after the test file. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
});

export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'workflows-test-')));

  constructor() {
    folders.push(this.path);
  }

  write(name: string, content: string): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** A program in JavaScript that can be run by its name. */
  program(name: string, body: string): string {
    const file = this.write(name, `#!${process.execPath}\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  folder(name: string): string {
    const path = join(this.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }
}
