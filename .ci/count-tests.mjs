/**
 * Sums what the test runners counted, from the report that each package's jest wrote, into one closing line.
 * Arguments are the names of the steps that failed; exits 1 if there are any, or if a test failed, or if a package with tests
 * left no report.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const failedSteps = process.argv.slice(2);
const rooms = [
  'stacks',
  ...['apps', 'packages'].flatMap((group) => readdirSync(group).map((name) => join(group, name))),
];

let passed = 0;
let failed = 0;
let skipped = 0;
const missing = [];
for (const room of rooms) {
  const manifest = join(room, 'package.json');
  if (!existsSync(manifest) || !JSON.parse(readFileSync(manifest, 'utf8')).scripts?.test) continue;
  const report = join(room, 'reports', 'jest.json');
  if (!existsSync(report)) {
    missing.push(room);
    continue;
  }
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  passed += counts.numPassedTests;
  failed += counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  skipped += counts.numPendingTests;
  process.stdout.write(`${room}: ${counts.numPassedTests} passed, ${counts.numFailedTests} failed\n`);
}
for (const room of missing) process.stdout.write(`${room}: no test report\n`);
for (const name of failedSteps) process.stdout.write(`failed step: ${name}\n`);
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 || missing.length > 0 || failedSteps.length > 0 ? 1 : 0;
