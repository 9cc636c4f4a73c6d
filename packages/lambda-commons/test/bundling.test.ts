import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../src/bundling';

const root = mkdtempSync(join(tmpdir(), 'bundling-'));
afterAll(() => rmSync(root, { recursive: true }));

const addFunction = (name: string, source: string): void => {
  mkdirSync(join(root, 'src/functions', name), { recursive: true });
  writeFileSync(join(root, 'src/functions', name, 'index.ts'), source);
};

beforeAll(() => {
  addFunction('first', 'export const handler = async (): Promise<string> => "first";');
  addFunction('second', 'export const handler = async (): Promise<string> => "second";');
});

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');

describe('bundleFunctions', () => {
  it('bundles every function of a package into a file of its own, the same bytes each time', async () => {
    await bundleFunctions({ root, outdir: 'once' });
    await bundleFunctions({ root, outdir: 'twice' });

    expect(read('once', 'first', 'index.js')).toContain('"first"');
    expect(read('once', 'second', 'index.js')).toContain('"second"');
    expect(read('twice', 'first', 'index.js')).toBe(read('once', 'first', 'index.js'));
  });

  it('bundles the functions that are named, through plugins, without writing when told so', async () => {
    const { outputFiles = [] } = await bundleFunctions({
      root,
      outdir: 'never',
      names: ['second'],
      write: false,
      plugins: [
        {
          name: 'mutate',
          setup: (build) =>
            build.onLoad({ filter: /index\.ts$/ }, ({ path }) => ({
              contents: readFileSync(path, 'utf8').replace('"second"', '"mutant"'),
              loader: 'ts',
            })),
        },
      ],
    });

    expect(outputFiles.map(({ path }) => path)).toEqual([
      join(root, 'never/second/index.js.map'),
      join(root, 'never/second/index.js'),
    ]);
    expect(outputFiles[1]?.text).toContain('"mutant"');
  });
});
