/**
 * What knip takes for a beginning, beside what it finds in `package.json` and in the configuration of tools. Everything
 * else that nobody imports is reported. Each entry and each exception has its reason beside it.
 */
const commands = require('../tools/commands.json');

/** The source of the program of each command, in its package. */
const programs = (folder) =>
  Object.values(commands).flatMap(([program]) =>
    program.startsWith(`${folder}/dist/`) ? [program.slice(folder.length + 1).replace(/^dist(.*)js$/, 'src$1ts')] : [],
  );

/** What `pnpm test:exhaustive` runs, where a package has such tests. */
const exhaustive = (folder) =>
  'test:exhaustive' in require(`../${folder}/package.json`).scripts ? ['test/**/*.exhaustive.ts'] : [];

const room = (folder, { entry = [], ...rest } = {}) => [
  folder,
  { entry: [...programs(folder), ...exhaustive(folder), ...entry], includeEntryExports: true, ...rest },
];

/** A package whose exports are for users of this project, too, whether a package here imports them or not. */
const published = (folder, settings) => room(folder, { includeEntryExports: false, ...settings });

module.exports = {
  workspaces: {
    '.': {
      // Run by `.ci/run`, by `pnpm test`, by jest and by the root's scripts.
      entry: ['.ci/*.mjs', 'tools/*.mjs', 'jest.*.cjs'],
    },
    ...Object.fromEntries([
      room('apps/console', { entry: ['scripts/*.mjs'], ignore: ['scripts/*.d.cts'] }),
      room('apps/explain'),
      // The entrance of the Lambda function is found by the bundler, its handler by Lambda.
      room('apps/external-service', { entry: ['src/functions/*/index.ts'], includeEntryExports: false }),
      room('apps/local'),
      // The declaration of a command names its type.
      room('packages/command-line', { includeEntryExports: false }),
      published('packages/constructs'),
      // Data and the types of its parts.
      published('packages/contract'),
      // As the external service; and mutants are planted into bundles by name.
      room('packages/handlers', {
        entry: ['src/functions/*/index.ts', 'test/mutants/*.ts'],
        includeEntryExports: false,
      }),
      room('packages/inspector'),
      // Bundles take it in place of a module of the AWS SDK, by its path.
      room('packages/lambda-commons', { entry: ['src/lambda-credentials.ts'], includeEntryExports: false }),
      // The runtime of functions is loaded into worker threads by its path.
      published('packages/local-cloud', { entry: ['bench/*.cjs', 'src/lambda/runtime/*.ts'] }),
      published('packages/states-language', { entry: ['bench/main.ts'] }),
      // What cdktf runs: `app` in cdktf.json.
      room('stacks', { entry: ['app.mjs'] }),
      room('tools/costs'),
      // It starts their programs; as dependencies they are built before.
      room('tools/e2e', { ignoreDependencies: ['@workflows/external-service', '@workflows/local'] }),
      room('tools/kit'),
      room('tools/openapi'),
      // Started by path, once for each core.
      room('tools/simulate', { entry: ['src/worker.ts'] }),
      room('tools/supply-chain'),
      // It runs their program; as a dependency they are built before.
      room('tools/terraform', { entry: ['policy/*.test.ts'], ignoreDependencies: ['@workflows/stacks'] }),
    ]),
  },
  // A type that is exported may be part of a signature only: whoever calls the function has to be able to name it.
  ignoreExportsUsedInFile: { interface: true, type: true },
};
