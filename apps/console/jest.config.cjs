/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.preset.cjs'),
  testMatch: ['<rootDir>/test/server/**/*.test.ts', '<rootDir>/test/ui/**/*.test.ts'],
};
