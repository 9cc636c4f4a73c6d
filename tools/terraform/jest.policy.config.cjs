/**
 * The tests of the plans that `pnpm plan` made. Counted in a report of their own, beside that of `pnpm test`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('../../jest.preset.cjs'),
  testMatch: ['<rootDir>/policy/**/*.test.ts'],
  reporters: [[require.resolve('../../jest.report.cjs'), { name: 'policy' }]],
};
