/** Tests in a real browser: `pnpm test:browser`. They need Chromium, and the built runtime. */
/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.preset.cjs'),
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testTimeout: 60_000,
  // The counts of `pnpm test` stay those of the tests that need no browser.
  reporters: [[require.resolve('../../jest.report.cjs'), { name: 'browser' }]],
};
