// The SDK's word on the Node.js version that it will require is no result of a test.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

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
  // Packages run side by side, the files of each one after the other: that costs least on any number of cores.
  maxWorkers: 1,
  // Ends what hangs. It measures nothing: on a busy machine a test may take many times what it takes alone.
  testTimeout: 120_000,
  reporters: [require.resolve('./jest.report.cjs')],
};
