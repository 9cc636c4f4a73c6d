/** Proves that documents name what there is: files, headings, scripts, settings, dependencies. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { repositoryRoot } from '../../src/local-runtime';
import { headingsOf, localLinksOf } from '../../src/readme';

const ignored = new Set(['node_modules', 'dist', 'cdktf.out', 'reports', '.git', '.local', '.turbo']);

function filesBelow(directory: string, matches: (name: string) => boolean): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (ignored.has(entry.name)) {
      return [];
    }
    if (entry.isDirectory()) {
      return filesBelow(path, matches);
    }
    return matches(entry.name) ? [path] : [];
  });
}

const read = (path: string) => readFileSync(path, 'utf8');
const shown = (path: string) => relative(repositoryRoot, path);
const documents = filesBelow(repositoryRoot, (name) => name.endsWith('.md'));
const manifests = filesBelow(repositoryRoot, (name) => name === 'package.json').map((path) => ({
  path: shown(path),
  manifest: JSON.parse(read(path)) as Record<string, Record<string, string> | undefined> & { name: string },
}));

describe('documents', () => {
  it('link only to files and headings that exist', () => {
    const broken = documents.flatMap((document) =>
      localLinksOf(read(document)).flatMap(({ path, fragment }) => {
        const target = path === '' ? document : join(dirname(document), path);
        if (!existsSync(target)) {
          return [`${shown(document)}: ${path}`];
        }
        const hasHeading = fragment === '' || headingsOf(read(target)).includes(fragment);
        return hasHeading ? [] : [`${shown(document)}: ${path}#${fragment}`];
      }),
    );

    expect(documents.length).toBeGreaterThan(10);
    expect(broken).toEqual([]);
  });

  it('name only scripts that exist', () => {
    const scripts = new Set(manifests.flatMap(({ manifest }) => Object.keys(manifest.scripts ?? {})));
    const builtIn = new Set(['install', 'exec', 'audit', 'licenses']);
    const unknown = documents.flatMap((document) =>
      codeOf(read(document)).flatMap((code) =>
        [...code.matchAll(/\bpnpm(?:@10)?(?: --?[\w-]+(?:[= ]@?[\w./-]+)?)* (?:run )?([a-z][\w:-]*)/g)]
          .map(([, script = '']) => script)
          .filter((script) => !scripts.has(script) && !builtIn.has(script))
          .map((script) => `${shown(document)}: pnpm ${script}`),
      ),
    );

    expect(unknown).toEqual([]);
  });

  it('name only settings that exist, with their defaults', () => {
    const source = read(join(repositoryRoot, 'stacks', 'README.md'));
    const settings = rowsOf(source);
    const readme = read(join(repositoryRoot, 'README.md'));
    const unknown = [...new Set(readme.match(/WORKFLOWS_[A-Z_]*[A-Z]/g))].filter((name) => !settings.has(name));

    expect(settings.size).toBeGreaterThan(5);
    expect(unknown).toEqual([]);
    for (const [name, cells] of rowsOf(readme)) {
      expect({ name, default: cells.at(-1) }).toEqual({ name, default: settings.get(name)?.at(-1) });
    }
  });

  it('are there for every package, and every package is in the layout', () => {
    const readme = read(join(repositoryRoot, 'README.md'));
    for (const { path } of manifests.filter(({ manifest }) => manifest.name !== 'workflows')) {
      expect(existsSync(join(repositoryRoot, dirname(path), 'README.md'))).toBe(true);
      expect(readme).toContain(`(${dirname(path)}/README.md)`);
    }
  });
});

describe('decisions that can be checked', () => {
  it('only constructs, the callback construct and stacks depend on CDK for Terraform', () => {
    const dependents = manifests
      .filter(({ manifest }) => ['dependencies', 'devDependencies'].some((kind) => 'cdktf' in (manifest[kind] ?? {})))
      .map(({ path }) => path);

    expect(dependents.sort()).toEqual([
      'packages/callback-tasks/package.json',
      'packages/constructs/package.json',
      'stacks/package.json',
    ]);
  });

  it("the provider's resources are imported by deep path", () => {
    const sources = filesBelow(repositoryRoot, (name) => name.endsWith('.ts'));

    const shallow = sources.filter((path) => /from '@cdktf\/provider-aws'/.test(read(path)));

    expect(sources.length).toBeGreaterThan(50);
    expect(shallow.map(shown)).toEqual([]);
  });

  it('the list of decisions has every decision', () => {
    const directory = join(repositoryRoot, 'docs', 'decisions');
    const list = read(join(directory, 'README.md'));

    for (const file of readdirSync(directory).filter((name) => /^\d/.test(name))) {
      expect(list).toContain(`(${file})`);
    }
  });
});

/** Code blocks and code spans of a document. */
function codeOf(markdown: string): string[] {
  return [...markdown.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([code]) => code);
}

/** Rows of tables whose first cell is a setting: its name and the other cells. */
function rowsOf(markdown: string): Map<string, string[]> {
  return new Map(
    [...markdown.matchAll(/^\| `(WORKFLOWS_[A-Z_]+)` \|(.+)\|$/gm)].map(([, name = '', rest = '']) => [
      name,
      rest.split('|').map((cell) => cell.trim()),
    ]),
  );
}
