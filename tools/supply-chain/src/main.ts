import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CommandError, type CommandContext, defineCommand, main } from '@workflows/command-line';
import { checkLicences } from './licences';
import { readPolicy } from './policy';
import { checkVulnerabilities } from './vulnerabilities';

const root = join(__dirname, '..', '..', '..');

const SUPPLY_CHAIN = defineCommand({
  name: 'pnpm supply-chain',
  description: `Checks the licences of all installed packages, and audits them against the advisories of the registry. policy.json
defines what is allowed.`,
  options: {},
  exitCodes: { 0: 'nothing found', 1: 'a licence or an advisory is not allowed' },
});

/** Asks the pnpm that runs this command. It exits with 1 when there are findings, so only its output counts. */
function askPnpm(...args: readonly string[]): unknown {
  const { npm_execpath: pnpm } = process.env;
  if (pnpm === undefined) {
    throw new CommandError('Run this command as `pnpm supply-chain`.');
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

function check({ stdout }: CommandContext): number {
  const policy = readPolicy();
  let exitCode = 0;
  const report = (title: string, problems: readonly string[]): void => {
    stdout(`${[title, ...problems.map((problem) => `  ${problem}`)].join('\n')}\n`);
    exitCode = problems.length > 0 ? 1 : exitCode;
  };

  const licences = checkLicences(askPnpm('licenses', 'list'), policy.licences);
  report(`licences: ${licences.packages} packages, ${licences.problems.length} not allowed`, licences.problems);

  const today = new Date().toISOString().slice(0, 10);
  const audit = checkVulnerabilities(askPnpm('audit'), policy.vulnerabilities, today);
  if (audit.kind === 'not available') {
    report(`audit: unavailable: the registry did not respond (${audit.code})`, []);
  } else {
    report(`audit: ${audit.advisories} advisories, ${audit.problems.length} that count`, audit.problems);
  }
  return exitCode;
}

void main(SUPPLY_CHAIN, (_, context) => check(context));
