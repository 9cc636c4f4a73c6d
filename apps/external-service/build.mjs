import { rm } from 'node:fs/promises';
import { bundle, bundleFunctions } from '@workflows/lambda-commons/bundling';

/** Bundles the two entrances: `dist/main.js` for Node, `dist/functions/external-service/index.js` for Lambda. */
const root = import.meta.dirname;

await rm(`${root}/dist`, { recursive: true, force: true });
await bundle({ root, outdir: 'dist', entryPoints: { main: 'src/main.ts' } });
await bundleFunctions({ root, outdir: 'dist/functions' });
