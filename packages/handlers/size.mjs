import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** Prints the size of every bundle: as it is, and compressed as Lambda receives it. */
const root = `${import.meta.dirname}/dist/functions`;
const kib = (bytes) => `${(bytes / 1024).toFixed(1).padStart(8)} KiB`;

for (const name of (await readdir(root)).sort()) {
  const bundle = await readFile(`${root}/${name}/index.js`);
  process.stdout.write(`${name.padEnd(28)}${kib(bundle.byteLength)}${kib(gzipSync(bundle).byteLength)} gzip\n`);
}
