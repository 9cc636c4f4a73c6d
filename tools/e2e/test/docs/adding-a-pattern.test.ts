/**
 * Proves that a pattern can be added as docs/adding-a-pattern.md says: applies the page to a copy of the sources,
 * compiles and synthesizes it, and calls the new API on the embedded runtime.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '@workflows/local-cloud';
import { applyChange, type Change, changesOf } from '../../src/document-changes';
import { repositoryRoot } from '../../src/local-runtime';
import { waitUntil } from '../../src/wait';

const changes = changesOf(readFileSync(join(repositoryRoot, 'docs', 'adding-a-pattern.md'), 'utf8'));
const CATALOGUE = 'packages/contract/src/catalogue/index.ts';
const COPIED = ['packages/contract', 'packages/handlers', 'stacks'] as const;

/** A copy of the sources that the page changes; everything else is the repository's own. */
function copySources(root: string): void {
  cpSync(join(repositoryRoot, 'tsconfig.base.json'), join(root, 'tsconfig.base.json'));
  symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  for (const folder of COPIED) {
    const from = join(repositoryRoot, folder);
    for (const name of readdirSync(from).filter((it) => /^(src|build\.mjs|package\.json|tsconfig.*)$/.test(it))) {
      cpSync(join(from, name), join(root, folder, name), { recursive: true });
    }
    linkDependencies(join(from, 'node_modules'), join(root, folder, 'node_modules'), root);
  }
}

/** Links what is installed, and of our own packages the copies. */
function linkDependencies(from: string, to: string, root: string): void {
  mkdirSync(join(to, '@workflows'), { recursive: true });
  const own = existsSync(join(from, '@workflows')) ? readdirSync(join(from, '@workflows')) : [];
  for (const name of [...readdirSync(from), ...own.map((it) => `@workflows/${it}`)]) {
    const copy = COPIED.find((folder) => folder.replace('packages', '@workflows') === name);
    if (name !== '@workflows') {
      symlinkSync(copy === undefined ? join(from, name) : join(root, copy), join(to, name));
    }
  }
}

/** @throws with what the command printed, when it fails */
function run(folder: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: join(root, folder), encoding: 'utf8', env });
  if (status !== 0) {
    throw new Error(`${folder}: ${command} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  }
}

const compile = (folder: string, config = 'tsconfig.build.json') =>
  run(folder, join(repositoryRoot, 'node_modules', '.bin', 'tsc'), ['-p', config]);

let root: string;

describe('docs/adding-a-pattern.md', () => {
  let cloud: LocalCloud | undefined;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'pattern-'));
    copySources(root);
  });

  afterAll(async () => {
    await cloud?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('touches six files of the product and one line of the catalogue', () => {
    const files = new Set(changes.map(({ path }) => path));
    files.delete(CATALOGUE);

    expect(changes.filter(({ path }) => path === CATALOGUE).flatMap(addedLines)).toHaveLength(1);
    expect([...files].filter((path) => /^(packages|stacks)\//.test(path))).toHaveLength(6);
    expect(files.size).toBe(6);
  });

  it('gives a pattern that compiles, synthesizes and answers', async () => {
    for (const change of changes) {
      applyChange(root, change);
    }
    const outDir = join(root, 'cdktf.out');
    compile('packages/contract');
    compile('packages/handlers', 'tsconfig.json');
    compile('packages/handlers');
    run('packages/handlers', process.execPath, ['build.mjs']);
    compile('stacks');
    run('stacks', process.execPath, ['dist/main.js'], { CDKTF_OUTDIR: outDir });

    cloud = await startLocalCloud({ outDir, port: 0 });
    const url = new URL('greetings', String(cloud.outputs.GreetingStack?.GreetingApiEndpoint));
    const post = (body: object) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const started = await post({ name: 'Ada' });
    const { id, url: result } = (await started.json()) as { id: string; url: string };

    expect(started.status).toBe(202);
    const shown = await waitUntil(
      async () => (await (await fetch(result)).json()) as { status: string },
      ({ status }) => status !== 'RUNNING',
      { what: 'the greeting' },
    );
    expect(shown).toEqual({ id, status: 'SUCCEEDED', greeting: 'Hello, Ada!' });
    expect((await post({ name: '' })).status).toBe(422);
  });
});

/** Lines that a change adds. */
function addedLines(change: Change): string[] {
  if (change.kind === 'file') {
    return change.text.split('\n');
  }
  const before = new Set(change.before.split('\n'));
  return change.after.split('\n').filter((line) => !before.has(line));
}
