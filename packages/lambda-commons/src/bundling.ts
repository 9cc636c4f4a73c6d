import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';

export interface BundleOptions extends Pick<BuildOptions, 'plugins' | 'write'> {
  /** Folder of the package; the source paths are relative to it. */
  readonly root: string;
  /** Folder that receives the bundles, absolute or relative to `root`. */
  readonly outdir: string;
  /** Path of each bundle in `outdir`, without its extension, and of its source in `root`. */
  readonly entryPoints: Readonly<Record<string, string>>;
}

/** Each SDK client imports its `package.json` only for the version, so only the version is bundled. */
const versionOfPackageJson: Plugin = {
  name: 'version-of-package-json',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]node_modules[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};

/**
 * Bundles each entry point into one file, with the AWS SDK in it: the version that was tested is the version that
 * runs. The same sources give the same bytes.
 */
export const bundle = ({ root, entryPoints, plugins = [], ...options }: BundleOptions): Promise<BuildResult> =>
  build({
    absWorkingDir: root,
    entryPoints: { ...entryPoints },
    bundle: true,
    platform: 'node',
    // Lambda runs Node 22; the same bundles also run in the embedded runtime, on any Node that the project supports.
    target: 'node20.19',
    format: 'cjs',
    // The SDK's ES modules, so that unused commands fall away; of our own packages the sources, for the same reason.
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    alias: { '@aws-sdk/credential-provider-node': join(__dirname, '../src/lambda-credentials.ts') },
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [versionOfPackageJson, ...plugins],
    ...options,
  });

export interface FunctionBundleOptions extends Omit<BundleOptions, 'entryPoints'> {
  /** @default all folders of `src/functions` */
  readonly names?: readonly string[];
}

/** Bundles Lambda functions: `src/functions/<name>/index.ts` becomes `<outdir>/<name>/index.js`. */
export const bundleFunctions = ({ names, ...options }: FunctionBundleOptions): Promise<BuildResult> =>
  bundle({
    ...options,
    entryPoints: Object.fromEntries(
      (names ?? readdirSync(join(options.root, 'src/functions')).sort()).map((name) => [
        `${name}/index`,
        `src/functions/${name}/index.ts`,
      ]),
    ),
  });
