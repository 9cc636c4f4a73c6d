const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

/**
 * Writes what a package's tests counted to `reports/<name>.json`, where `.ci/count-tests.mjs` sums it up. The name is
 * the reporter's option `name`, `jest` without it: suites that a package runs apart from `pnpm test` have one of their own.
 */
module.exports = class ReportCounts {
  constructor(globalConfig, { name = 'jest' } = {}) {
    this.file = join(globalConfig.rootDir, 'reports', `${name}.json`);
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const counts = { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(counts)}\n`);
  }
};
