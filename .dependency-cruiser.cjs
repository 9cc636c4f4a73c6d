/**
 * The direction of imports, checked. Stacks and apps may use packages; packages never look back, and no
 * room reaches into another's `src`: what one offers to another, its `package.json` exports.
 */
const room = (name, from, allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  comment: `${name} may import only: ${allowed.join(', ') || 'libraries'}`,
  from: { path: `^${from}/` },
  to: { path: '^(apps|packages|stacks|tools)/', pathNot: [`^${from}/`, ...allowed.map((it) => `^${it}/`)] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-reaching-into-src',
      severity: 'error',
      comment: "a room uses another room's package, never its sources",
      from: { path: '^((?:apps|packages|tools)/[^/]+|stacks)/' },
      to: { path: '^(apps|packages|stacks|tools)/.*src/', pathNot: '^$1/' },
    },
    room('external-service', 'apps/external-service', [
      'packages/command-line',
      'packages/contract',
      'packages/lambda-commons',
    ]),
    room('local', 'apps/local', [
      'packages/command-line',
      'packages/contract',
      'packages/local-cloud',
      'apps/console',
      'apps/external-service',
    ]),
    room('console', 'apps/console', ['packages/command-line', 'packages/contract', 'packages/inspector']),
    room('explain', 'apps/explain', ['packages/command-line', 'packages/contract', 'packages/inspector']),
    room('simulate', 'tools/simulate', ['packages/command-line', 'packages/contract', 'packages/local-cloud']),
    room('inspector', 'packages/inspector', ['packages/contract']),
    room('costs', 'tools/costs', ['packages/command-line', 'packages/contract', 'packages/local-cloud', 'stacks']),
    room('openapi', 'tools/openapi', ['packages/command-line', 'packages/contract', 'apps/external-service', 'stacks']),
    room('command-line', 'packages/command-line', []),
    room('kit', 'tools/kit', ['packages/command-line']),
    room('supply-chain', 'tools/supply-chain', ['packages/command-line']),
    room('terraform', 'tools/terraform', [
      'packages/command-line',
      'packages/contract',
      'packages/local-cloud',
      'tools/kit',
    ]),
    room('lambda-commons', 'packages/lambda-commons', []),
    room('contract', 'packages/contract', []),
    room('handlers', 'packages/handlers', ['packages/contract', 'packages/lambda-commons']),
    room('states-language', 'packages/states-language', []),
    room('local-cloud', 'packages/local-cloud', ['packages/command-line', 'packages/states-language']),
    room('constructs', 'packages/constructs', ['packages/states-language']),
    room('e2e', 'tools/e2e', ['packages/command-line']),
    room('stacks', 'stacks', [
      'packages/contract',
      'packages/constructs',
      'packages/handlers',
      'apps/external-service',
    ]),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The parser does not read JSX; what the browser application imports beside it is in .ts files, which are read.
    exclude: { path: '(^|/)(dist|cdktf\\.out|reports)/|\\.tsx$' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default', 'types'] },
  },
};
