/** The tests of the plans that `pnpm plan` made. */
/** @type {import('jest').Config} */
module.exports = { ...require('../../jest.preset.cjs'), testMatch: ['<rootDir>/policy/**/*.test.ts'] };
