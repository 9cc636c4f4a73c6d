import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkLicences } from './licences';
import { readPolicy } from './policy';
import { checkVulnerabilities } from './vulnerabilities';

const root = join(__dirname, '..', '..', '..');
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Asks the pnpm that runs this command. It exits with 1 when there are findings, so only its output counts. */
function askPnpm(...args: readonly string[]): unknown {
  const { npm_execpath: pnpm } = process.env;
  if (pnpm === undefined) throw new Error('Run this as `pnpm supply-chain`.');
  const { stdout, stderr, error } = spawnSync(process.execPath, [pnpm, ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) throw error;
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`pnpm ${args.join(' ')} printed no JSON: ${stderr || stdout}`, { cause });
  }
}

function report(title: string, problems: readonly string[]): void {
  print(title);
  for (const problem of problems) print(`  ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
}

const policy = readPolicy();

const licences = checkLicences(askPnpm('licenses', 'list'), policy.licences);
report(`licences: ${licences.packages} packages, ${licences.problems.length} not allowed`, licences.problems);

const today = new Date().toISOString().slice(0, 10);
const audit = checkVulnerabilities(askPnpm('audit'), policy.vulnerabilities, today);
if (audit.kind === 'not available') print(`audit: not available: the registry did not answer (${audit.code})`);
else report(`audit: ${audit.advisories} advisories, ${audit.problems.length} that count`, audit.problems);
