const preset = require('../../jest.preset.cjs');
const exhaustive = require('../../jest.exhaustive.cjs');

const local = (process.env.E2E_TARGET ?? 'local') === 'local';

/** @type {import('jest').Config} */
module.exports = {
  ...preset,
  // Against a deployment, everything that is not about embedded runtimes runs at once.
  testMatch: [...preset.testMatch, ...(local ? [] : exhaustive.testMatch)],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // What starts embedded runtimes of its own, and what documents say of them, is nothing about another target.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(local ? [] : ['<rootDir>/test/runtime/', '<rootDir>/test/docs/', '<rootDir>/test/abuse/']),
  ],
  // The tests wait more than they compute; what they wait for computes on the same machine.
  maxWorkers: 2,
};
