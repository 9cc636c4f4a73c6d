import { readdir, rm } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * Bundles each function into one file, `<folder>/<name>/index.js`, with the AWS SDK in it: the version that
 * was tested is the version that runs. The same sources give the same bytes.
 *
 * Usage: node build.mjs [folder]; the default is `dist/functions`.
 */
const root = import.meta.dirname;
const outdir = process.argv[2] ?? `${root}/dist/functions`;
const names = (await readdir(`${root}/src/functions`)).sort();

await rm(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: names.map((name) => ({ in: `src/functions/${name}/index.ts`, out: `${name}/index` })),
  outdir,
  bundle: true,
  platform: 'node',
  // Lambda runs Node 22; the same bundles also run in the embedded runtime, on any Node that the project supports.
  target: 'node20.19',
  format: 'cjs',
  // The SDK's ES modules, so that unused commands fall away.
  mainFields: ['module', 'main'],
  conditions: ['module', 'import'],
  alias: { '@aws-sdk/credential-provider-node': './src/aws/lambda-credentials.ts' },
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
});
