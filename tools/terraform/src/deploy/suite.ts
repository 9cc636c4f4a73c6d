/** The e2e suite, run against what was deployed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { CommandError } from '@workflows/command-line';
import { run } from '@workflows/kit';
import type { Context } from '../context';
import { merge } from '../terraform/environment';
import type { Workspace } from '../workspace';
import type { DeployTarget } from './options';

const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numRuntimeErrorTestSuites: v.number(),
  testResults: v.array(
    v.object({
      assertionResults: v.array(v.object({ fullName: v.string(), status: v.string() })),
    }),
  ),
});

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** Names of the tests that failed. */
  readonly failures: readonly string[];
}

/**
 * Runs jest in `tools/e2e`; what it prints is passed on to stderr as it comes.
 *
 * @throws {CommandError} when it leaves no report
 */
export async function runSuite(
  { env, lifetime }: Context,
  workspace: Workspace,
  {
    target,
    outputsFile,
    targetEnv,
  }: {
    readonly target: DeployTarget['name'];
    readonly outputsFile: string;
    readonly targetEnv: NodeJS.ProcessEnv;
  },
): Promise<SuiteResult> {
  const directory = join(workspace.root, 'tools', 'e2e');
  const jest = createRequire(join(directory, 'package.json')).resolve('jest/bin/jest');
  const report = join(directory, 'reports', `${target}.json`);
  const logFile = join(workspace.scratch, 'logs', `e2e.${target}.log`);
  // jest does not make the folder of its report, and an old report must not pass for a new one.
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  // An emulator is one process on this machine, next to the functions that it runs: test files side by side would see timeouts
  // that say nothing of the product.
  const serial = target === 'aws' ? [] : ['--runInBand'];
  // The report of the package's own tests stays as it is.
  const args = ['--json', `--outputFile=${report}`, '--reporters=default', ...serial];
  await run([process.execPath, jest, ...args], {
    cwd: directory,
    env: merge(env, targetEnv, { E2E_TARGET: target, E2E_OUTPUTS: outputsFile }),
    signal: lifetime.signal,
    logFile,
    onStderr: (text) => process.stderr.write(text),
  });
  if (!existsSync(report)) {
    throw new CommandError(`The e2e suite left no report ${report}; see ${logFile}.`);
  }
  const counts = v.parse(Report, JSON.parse(readFileSync(report, 'utf8')));
  return {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites,
    failures: counts.testResults.flatMap((file) =>
      file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ),
  };
}
