const { reporters, ...preset } = require('./jest.preset.cjs');

/**
 * What `pnpm test:exhaustive` runs: `*.exhaustive.ts`, the tests that take longer than a person waits for. CONTRIBUTING
 * says what they hold.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...preset,
  testMatch: ['<rootDir>/test/**/*.exhaustive.ts'],
  testTimeout: 300_000,
  reporters: [[require.resolve('./jest.report.cjs'), { name: 'exhaustive' }]],
};
