/**
 * Builds what the tests need, runs a task of tests in every package that has it, and passes on what the tests' own
 * reporter says: one line a package, and failures in full. What Turborepo and pnpm say around it is left out.
 *
 *     node .ci/test.mjs test|test:exhaustive [options of `turbo run`]
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const [task = 'test', ...options] = process.argv.slice(2);

/** What a run of Turborepo prints, and its exit code in the end. */
function turbo(args) {
  const child = spawn('turbo', ['run', ...args, ...options], {
    env: { ...process.env, FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  return { lines: child.stdout, ended: new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1))) };
}

const build = turbo(['build', '--output-logs=errors-only']);
const built = [];
for await (const line of createInterface({ input: build.lines })) {
  built.push(line);
}
if ((await build.ended) !== 0) {
  process.stdout.write(`${built.join('\n')}\n`);
  process.exit(1);
}

let failing = false;
const tests = turbo([task, '--continue', '--output-logs=full', '--log-order=grouped']);
for await (const line of createInterface({ input: tests.lines })) {
  const [, said] = new RegExp(`^@[^:]+:${task}: (.*)$`).exec(line) ?? [];
  if (said === undefined || /^(cache (miss|hit|bypass), |> )/.test(said)) {
    continue;
  }
  failing ||= said.startsWith('FAIL ');
  if (failing || said !== '') {
    process.stdout.write(`${said}\n`);
  }
}
process.exitCode = await tests.ended;
