/**
 * What every package's tests share. A package's `jest.config.cjs` spreads this and adds only what is its own.
 *
 * @type {import('jest').Config}
 */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  errorOnDeprecated: true,
  maxWorkers: '50%',
  // Ends what hangs. It measures nothing: on a busy machine a test may take many times what it takes alone.
  testTimeout: 30_000,
  reporters: ['default', require.resolve('./jest.report.cjs')],
};
