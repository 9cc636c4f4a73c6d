/**
 * Sums what the test runners counted, from the reports that each package's suites wrote, into one closing line.
 * Arguments are the names of the steps that failed; exits 1 if there are any, or if a test failed, or if a package with
 * tests left no report.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const failedSteps = process.argv.slice(2);
const folders = [
  'stacks',
  ...['apps', 'packages', 'tools'].flatMap((group) => readdirSync(group).map((name) => join(group, name))),
];

/** Which suite a report is of; `pnpm test` writes the one without a name. */
const suiteOf = (file) => (basename(file) === 'jest.json' ? '' : ` (${basename(file, '.json')})`);

const total = { passed: 0, failed: 0, skipped: 0 };
const missing = [];
for (const packageFolder of folders) {
  const manifest = join(packageFolder, 'package.json');
  if (!existsSync(manifest) || !JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test) {
    continue;
  }
  const folder = join(packageFolder, 'reports');
  const reports = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  if (!reports.includes('jest.json')) {
    missing.push(packageFolder);
  }
  for (const name of reports.sort()) {
    const counts = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
    total.passed += counts.numPassedTests;
    total.failed += failed;
    total.skipped += counts.numPendingTests;
    process.stdout.write(`${packageFolder}${suiteOf(name)}: ${counts.numPassedTests} passed, ${failed} failed\n`);
  }
}
for (const packageFolder of missing) {
  process.stdout.write(`${packageFolder}: no test report\n`);
}
for (const name of failedSteps) {
  process.stdout.write(`failed step: ${name}\n`);
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exitCode = total.failed > 0 || missing.length > 0 || failedSteps.length > 0 ? 1 : 0;
