const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

// jest does not make the folder of the report that `pnpm run policy` asks for.
mkdirSync(join(__dirname, 'reports'), { recursive: true });

/**
 * The tests of the plans that `pnpm plan` made. Counted in a report of their own, beside that of `pnpm test`.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  ...require('../../jest.preset.cjs'),
  testMatch: ['<rootDir>/policy/**/*.test.ts'],
  reporters: ['default'],
};
