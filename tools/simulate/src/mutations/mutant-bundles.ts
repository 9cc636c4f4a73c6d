import { existsSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { compileFunction } from 'node:vm';
import { bundle, bundleFunctions } from '@workflows/lambda-commons/bundling';
import type { CodeMutation } from './mutation';
import { MutationError } from './mutation-error';

/** The package of the functions that are deployed. */
const HANDLERS = dirname(require.resolve('@workflows/handlers/package.json'));

const REMEDY = 'Change the mutant, or its entry in tools/simulate/src/mutations/mutations.ts, to match the code.';

/** The path from the root of the repository. */
const shown = (path: string): string => relative(join(HANDLERS, '../..'), path);

/**
 * Bundles functions with a mutant: every import of one module imports the mutant instead.
 *
 * @returns the source of each bundle, by the function's name
 * @throws {MutationError} when the module, or what the mutant replaces of it, is gone
 */
export async function bundleMutants(
  mutation: string,
  { functions, mutant, replaces }: CodeMutation,
  root: string = HANDLERS,
): Promise<Map<string, string>> {
  const original = join(root, 'src', `${replaces}.ts`);
  const replacement = join(root, 'test/mutants', `${mutant}.ts`);
  for (const path of [original, replacement]) {
    if (!existsSync(path)) {
      throw new MutationError(mutation, `${shown(path)} does not exist.`, REMEDY);
    }
  }
  await requireReplacement(mutation, root, original, replacement);

  const importers = new Set<string>();
  const { outputFiles = [] } = await bundleFunctions({
    root,
    outdir: 'mutants',
    names: functions,
    write: false,
    plugins: [
      {
        name: 'mutant',
        setup(build) {
          build.onResolve({ filter: /^\./ }, ({ importer, path, resolveDir }) => {
            if (join(resolveDir, `${path}.ts`) !== original || importer === replacement) {
              return undefined;
            }
            importers.add(importer);
            return { path: replacement };
          });
        },
      },
    ],
  });
  if (importers.size === 0) {
    throw new MutationError(mutation, `${functions.join(', ')} no longer import ${shown(original)}.`, REMEDY);
  }
  return new Map(codeOf(outputFiles).map(({ path, text }) => [basename(dirname(path)), text]));
}

interface BundledFile {
  readonly path: string;
  readonly text: string;
}

/** The bundles without their source maps. */
const codeOf = (files: readonly BundledFile[]): readonly BundledFile[] =>
  files.filter(({ path }) => path.endsWith('.js'));

/** @throws {MutationError} when the mutant cannot be loaded, or replaces an export that its module does not have */
async function requireReplacement(
  mutation: string,
  root: string,
  original: string,
  replacement: string,
): Promise<void> {
  const { outputFiles = [] } = await bundle({
    root,
    outdir: 'modules',
    entryPoints: { original, replacement },
    write: false,
  });
  const [known = [], replaced = []] = codeOf(outputFiles).map(({ text }) => {
    try {
      return exportsOf(text);
    } catch (error) {
      throw new MutationError(mutation, `${shown(replacement)} cannot be loaded: ${(error as Error).message}.`, REMEDY);
    }
  });
  const gone = replaced.filter((name) => !known.includes(name));
  if (gone.length > 0) {
    throw new MutationError(
      mutation,
      `${shown(replacement)} replaces the export ${gone.join(', ')}, which ${shown(original)} does not have.`,
      `It has ${known.join(', ')}. ${REMEDY}`,
    );
  }
}

function exportsOf(bundled: string): string[] {
  const module = { exports: {} };
  compileFunction(bundled, ['exports', 'require', 'module'])(module.exports, require, module);
  return Object.keys(module.exports);
}
