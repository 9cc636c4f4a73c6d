import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLicences } from './licences';
import { readPolicy } from './policy';
import { checkVulnerabilities } from './vulnerabilities';

const root = join(__dirname, '..', '..', '..');
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Asks the pnpm that runs this command. It exits with 1 when there are findings, so only its output counts. */
function askPnpm(...args: readonly string[]): unknown {
  const { npm_execpath: pnpm } = process.env;
  if (pnpm === undefined) {
    throw new Error('Run this as `pnpm supply-chain`.');
  }
  const { stdout, stderr, error } = spawnSync(process.execPath, [pnpm, ...args, '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined) {
    throw error;
  }
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`pnpm ${args.join(' ')} printed no JSON: ${stderr || stdout}`, { cause });
  }
}

function report(title: string, problems: readonly string[]): void {
  print(title);
  for (const problem of problems) {
    print(`  ${problem}`);
  }
  if (problems.length > 0) {
    process.exitCode = 1;
  }
}

function check(): void {
  const policy = readPolicy();

  const licences = checkLicences(askPnpm('licenses', 'list'), policy.licences);
  report(`licences: ${licences.packages} packages, ${licences.problems.length} not allowed`, licences.problems);

  const today = new Date().toISOString().slice(0, 10);
  const audit = checkVulnerabilities(askPnpm('audit'), policy.vulnerabilities, today);
  if (audit.kind === 'not available') {
    print(`audit: not available: the registry did not answer (${audit.code})`);
  } else {
    report(`audit: ${audit.advisories} advisories, ${audit.problems.length} that count`, audit.problems);
  }
}

const HELP = `Usage: pnpm supply-chain

Checks the licences of everything that is installed, and asks the registry for advisories. policy.json says what is
allowed.

Exit code 0: nothing found; 1: a licence or an advisory that is not allowed; 2: wrong usage.
`;

function wantsHelp(): boolean {
  return parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help === true;
}

try {
  if (wantsHelp()) {
    process.stdout.write(HELP);
  } else {
    check();
  }
} catch (error) {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const isUsage = code?.startsWith('ERR_PARSE_ARGS') === true;
  process.stderr.write(`${isUsage ? `${message.split(/\.\s/)[0]}; see --help` : stack}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
