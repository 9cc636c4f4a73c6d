/**
 * What `cdktf` runs (`app` in cdktf.json): builds what the stacks need and has changed, and synthesizes. So
 * `cdktf deploy` works on a clone in which nothing was built, and never deploys an old build.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILD = ['exec', 'turbo', 'run', 'build', '--filter=@workflows/stacks...', '--output-logs=errors-only'];

/** Runs a command with its output on stderr, as stdout belongs to cdktf; ends this process when it fails. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (error !== undefined) {
    process.stderr.write(`cannot run ${command}: ${error.message}\n`);
  }
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

const onPath = (command) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

if (onPath('pnpm')) {
  run('pnpm', BUILD);
} else {
  run('npx', ['--yes', 'pnpm@10', ...BUILD]);
}
await import('./dist/main.js');
