/** Proves that the scripts of the root, the list of commands and the packages agree. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..', '..');
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const scripts: Record<string, string> = readJson('package.json').scripts;
const commands: Record<string, [program: string, ...packages: string[]]> = readJson('tools/commands.json');
const packageOf = (program: string) => program.replace(/\/dist\/.*/, '');

/** Commands that are a script of their package, not of the root. */
const OF_PACKAGES: Record<string, string> = {
  'external-service': 'start',
  'policy:update': 'policy:update',
  'scaffold-mocks': 'scaffold-mocks',
  serve: 'serve',
};

const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: root });

describe('the scripts of the root', () => {
  it('run the commands that are listed, and no others, each in one line', () => {
    const run = Object.entries(scripts).filter(([, line]) => line.includes('tools/run.mjs'));
    const names = Object.keys(commands).filter((name) => !Object.hasOwn(OF_PACKAGES, name));

    expect(run.map(([name]) => name).sort()).toEqual(names.sort());
    for (const [name, line] of run) {
      expect(line).toMatch(new RegExp(`^node (--expose-gc )?tools/run\\.mjs ${name}$`));
    }
  });

  it('are followed by the packages that have a script for a command of theirs', () => {
    for (const [name, script] of Object.entries(OF_PACKAGES)) {
      const [program = ''] = commands[name] ?? [];
      const manifest = readJson(join(packageOf(program), 'package.json'));

      expect(manifest.scripts[script]).toBe(`node ../../tools/run.mjs ${name}`);
    }
  });
});

describe.each(Object.entries(commands))('%s', (name, [program, ...packages]) => {
  it('names packages that exist', () => {
    for (const folder of [packageOf(program), ...packages]) {
      expect({ folder, exists: existsSync(join(root, folder, 'package.json')) }).toEqual({ folder, exists: true });
    }
  });

  // Its help is that of the program which gets its arguments.
  if (name !== 'cdktf') {
    it('explains itself by the name that people type', async () => {
      const { stdout, stderr } = await node(join(root, program), '--help');
      const typed = Object.hasOwn(OF_PACKAGES, name) ? 'pnpm (--silent )?--filter @workflows/' : `pnpm ${name} `;

      expect(stdout).toMatch(new RegExp(`^Usage: ${typed}`, 'm'));
      expect(stdout).toContain('Exit codes:\n  0  ');
      expect(stderr).toBe('');
    });
  }
});

describe('the runner', () => {
  it('names the commands when it does not know one', async () => {
    await expect(node('tools/run.mjs', 'simulat')).rejects.toMatchObject({
      code: 2,
      stderr: `Unknown command simulat. The commands are ${Object.keys(commands).join(', ')}.\n`,
    });
  });
});
