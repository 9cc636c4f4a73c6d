const local = (process.env.E2E_TARGET ?? 'local') === 'local';

/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.preset.cjs'),
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // What starts embedded runtimes of its own says nothing about another target.
  testPathIgnorePatterns: local ? ['/node_modules/'] : ['/node_modules/', '<rootDir>/test/runtime/'],
  // The tests wait far more than they compute.
  maxWorkers: 4,
  testTimeout: local ? 30_000 : 120_000,
};
