import { rm } from 'node:fs/promises';
import { bundleFunctions } from '@workflows/lambda-commons/bundling';

/** Bundles each function. Usage: node build.mjs [folder]; the default is `dist/functions`. */
const root = import.meta.dirname;
const outdir = process.argv[2] ?? `${root}/dist/functions`;

await rm(outdir, { recursive: true, force: true });
await bundleFunctions({ root, outdir });
