/** @type {import('jest').Config} */
module.exports = {
  ...require('../jest.preset.cjs'),
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};
