const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

/** Writes what a package's tests counted to `reports/jest.json`, where `.ci/count-tests.mjs` sums it up. */
module.exports = class ReportCounts {
  constructor(globalConfig) {
    this.file = join(globalConfig.rootDir, 'reports', 'jest.json');
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const counts = { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites };
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, `${JSON.stringify(counts)}\n`);
  }
};
