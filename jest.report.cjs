const { mkdirSync, writeFileSync } = require('node:fs');
const { basename, dirname, join, relative } = require('node:path');

/**
 * Says in one line what a package's tests came to, after every failure in full, and what a file that failed printed.
 *
 * It also writes what they counted to `reports/<name>.json`, where `.ci/count-tests.mjs` sums it up. The name is the
 * reporter's option `name`, `jest` without it: suites that a package runs apart from `pnpm test` have one of their own.
 */
module.exports = class Report {
  constructor(globalConfig, { name = 'jest' } = {}) {
    this.rootDir = globalConfig.rootDir;
    this.name = name;
  }

  onTestResult(_test, { console: printed, failureMessage, testFilePath }) {
    if (!failureMessage) {
      return;
    }
    const lines = [`FAIL ${relative(this.rootDir, testFilePath)}`, failureMessage];
    for (const { message, origin, type } of printed ?? []) {
      lines.push(`console.${type}: ${message}\n${origin}`);
    }
    process.stdout.write(`${lines.join('\n')}\n`);
  }

  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites } = results;
    const seconds = (Date.now() - results.startTime) / 1000;
    const counts = { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, seconds };
    const file = join(this.rootDir, 'reports', `${this.name}.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(counts)}\n`);

    const suite = this.name === 'jest' ? '' : ` (${this.name})`;
    const came = [
      `${numPassedTests} tests passed`,
      ...(numFailedTests > 0 ? [`${numFailedTests} failed`] : []),
      ...(numPendingTests > 0 ? [`${numPendingTests} skipped`] : []),
      ...(numRuntimeErrorTestSuites > 0 ? [`${numRuntimeErrorTestSuites} files could not run`] : []),
      ...(results.snapshot.unchecked > 0 ? [`${results.snapshot.unchecked} obsolete snapshots`] : []),
    ].join(', ');
    process.stdout.write(`${basename(this.rootDir)}${suite}: ${came} (${seconds.toFixed(1)} s)\n`);
  }
};
