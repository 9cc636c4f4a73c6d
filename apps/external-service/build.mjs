import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/** Bundles the two entrances: `dist/main.js` for Node, `dist/functions/external-service/index.js` for Lambda. */
const root = import.meta.dirname;

await rm(`${root}/dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts', 'functions/external-service/index': 'src/functions/external-service/index.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  // Lambda runs Node 22; the same bundle also runs in the embedded runtime, on any Node that the project supports.
  target: 'node20.19',
  format: 'cjs',
  // The SDK's ES modules, so that unused commands fall away.
  mainFields: ['module', 'main'],
  conditions: ['module', 'import'],
  alias: { '@aws-sdk/credential-provider-node': './src/lambda-credentials.ts' },
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
});
