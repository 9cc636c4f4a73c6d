/**
 * The direction of imports, checked. Three floors: the product (what is deployed), the runtime (what runs it on one
 * machine) and the tools (what only this repository's own work needs). Imports go apps, tools → stacks → packages, and
 * the product never imports the runtime. No package reads another's `src`: what it offers, its `package.json` exports.
 */

/** What is deployed. */
const PRODUCT =
  '^(stacks|apps/external-service|packages/(callback-tasks|client|constructs|contract|handlers|lambda-commons))/';

/** What runs state machines on one machine. `states-language` is on this floor too, but the product may use it. */
const RUNTIME = '^(apps/(console|explain|local)|packages/(inspector|local-cloud|testing))/';

/** A direction in which nothing is imported. */
const never = (name, comment, from, to, pathNot = []) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to, ...(pathNot.length === 0 ? {} : { pathNot }) },
});

/** A package and the others that it may import. */
const imports = (folder, allowed = []) =>
  never(
    `${folder}-imports`,
    `${folder} may import only: ${allowed.join(', ') || 'libraries'}`,
    `^${folder}/`,
    '^(apps|packages|stacks|tools)/',
    [`^${folder}/`, ...allowed.map((it) => `^${it}/`)],
  );

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-reaching-into-src',
      severity: 'error',
      comment: "a package uses another's exports, never its sources",
      from: { path: '^((?:apps|packages|tools)/[^/]+|stacks)/' },
      to: { path: '^(apps|packages|stacks|tools)/.*src/', pathNot: '^$1/' },
    },
    never('product-without-runtime', 'what is deployed knows nothing of what runs it here', PRODUCT, RUNTIME),
    never('packages-below', 'packages import packages', '^packages/', '^(apps|stacks|tools)/'),
    never(
      'stacks-above-packages',
      'stacks import packages, and the mock that they deploy',
      '^stacks/',
      '^(apps|tools)/',
      ['^apps/external-service/'],
    ),
    never('apps-without-tools', 'what people run needs no tool of this repository', '^apps/', '^tools/'),

    imports('apps/external-service', ['packages/command-line', 'packages/contract', 'packages/lambda-commons']),
    imports('packages/callback-tasks', ['packages/constructs', 'packages/contract', 'packages/handlers']),
    imports('packages/constructs', ['packages/states-language']),
    imports('packages/contract'),
    imports('packages/handlers', ['packages/contract', 'packages/lambda-commons']),
    imports('packages/lambda-commons', ['packages/contract']),
    imports('stacks', [
      'packages/callback-tasks',
      'packages/constructs',
      'packages/contract',
      'packages/handlers',
      'apps/external-service',
    ]),

    imports('apps/console', ['packages/command-line', 'packages/contract', 'packages/inspector']),
    imports('apps/explain', ['packages/command-line', 'packages/contract', 'packages/inspector']),
    imports('apps/local', [
      'packages/command-line',
      'packages/contract',
      'packages/local-cloud',
      'apps/console',
      'apps/external-service',
    ]),
    imports('packages/command-line'),
    imports('packages/inspector', ['packages/contract', 'packages/states-language']),
    imports('packages/local-cloud', ['packages/command-line', 'packages/states-language']),
    imports('packages/states-language'),

    imports('tools/costs', ['packages/command-line', 'packages/contract', 'packages/local-cloud', 'stacks']),
    imports('tools/e2e', ['packages/command-line', 'packages/local-cloud']),
    imports('tools/kit', ['packages/command-line']),
    imports('tools/openapi', ['packages/command-line', 'packages/contract', 'apps/external-service', 'stacks']),
    imports('tools/simulate', [
      'packages/command-line',
      'packages/contract',
      'packages/handlers',
      'packages/lambda-commons',
      'packages/local-cloud',
    ]),
    imports('tools/supply-chain', ['packages/command-line']),
    imports('tools/terraform', ['packages/command-line', 'packages/contract', 'packages/local-cloud', 'tools/kit']),
  ],
  options: {
    // What a package exports is built: an import of it ends in `dist`, where the rules see whose it is.
    doNotFollow: { path: '(^|/)(node_modules|dist)/' },
    // The parser does not read JSX; what the browser application imports beside it is in .ts files, which are read.
    exclude: { path: '(^|/)(cdktf\\.out|reports)/|\\.tsx$' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
