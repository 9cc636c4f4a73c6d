/**
 * Runs a command of this repository: `node tools/run.mjs <name> [arguments]`. Builds what it needs and has changed, then
 * becomes the command. commands.json names the program of each, and packages that it needs without depending on them.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A build that takes longer than this is announced. */
const QUIET_MS = 2000;

const root = fileURLToPath(new URL('..', import.meta.url));
const commands = JSON.parse(readFileSync(join(root, 'tools', 'commands.json'), 'utf8'));

/** @returns {Promise<number>} the exit code; what the build prints is shown only if it fails */
function build(packages) {
  const filters = packages.map((folder) => `--filter=./${folder}...`);
  const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
  const args = [turbo, 'run', 'build', ...filters, '--output-logs=errors-only'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const announcement = setTimeout(() => process.stderr.write(`Building ${packages.join(', ')} …\n`), QUIET_MS);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(announcement);
      if (code !== 0) {
        process.stderr.write(Buffer.concat(output));
      }
      resolve(code ?? 1);
    });
  });
}

const [name, ...args] = process.argv.slice(2);
const [program, ...others] = Object.hasOwn(commands, name ?? '') ? commands[name] : [];
if (program === undefined) {
  process.stderr.write(`Unknown command ${name}. The commands are ${Object.keys(commands).join(', ')}.\n`);
  process.exit(2);
}
const code = await build([program.replace(/\/dist\/.*/, ''), ...others]);
if (code !== 0) {
  process.exit(code);
}
const file = join(root, program);
process.argv = [process.execPath, file, ...args];
await import(pathToFileURL(file).href);
