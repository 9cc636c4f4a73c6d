import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** The globals and modules that a function gets in place of the real ones. */
export interface Sandbox {
  readonly globals: Readonly<Record<GlobalName, unknown>>;
  readonly modules: Readonly<Record<string, unknown>>;
}

/** The globals through which a function could reach real time, real randomness or the real network. */
const GLOBAL_NAMES = [
  'AbortSignal',
  'Date',
  'Math',
  'clearInterval',
  'clearTimeout',
  'console',
  'crypto',
  'fetch',
  'performance',
  'process',
  'setInterval',
  'setTimeout',
] as const;

export type GlobalName = (typeof GLOBAL_NAMES)[number];

const requireReal = createRequire(__filename);

const PARAMETERS = ['exports', 'require', 'module', 'global', 'globalThis', '__import', ...GLOBAL_NAMES];

type Run = (...values: unknown[]) => void;

/** A function's code, compiled once, and run in a new sandbox for each of its environments. */
export class Bundle {
  readonly #run: Run;

  /**
   * @param taskRoot Folder that the deployed code was unpacked to
   * @param source Code to run in its place
   */
  constructor(taskRoot: string, source = readFileSync(join(taskRoot, 'index.js'), 'utf8')) {
    const filename = join(taskRoot, 'index.js');
    // Dynamic imports must come from the sandbox, too.
    const contained = source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n').replace(/\bimport\(/g, '__import(');
    this.#run = compileFunction(contained, PARAMETERS, { filename }) as Run;
  }

  load({ globals, modules }: Sandbox): Handler {
    const module = { exports: {} as { handler?: Handler } };
    const scope = Object.create(globalThis, Object.getOwnPropertyDescriptors(globals));
    const load = (name: string): unknown => modules[name.replace(/^node:/, '')] ?? requireReal(name);
    const importModule = (name: string) => Promise.resolve(load(name));
    this.#run(module.exports, load, module, scope, scope, importModule, ...GLOBAL_NAMES.map((name) => globals[name]));
    const { handler } = module.exports;
    if (handler === undefined) {
      throw new Error('the bundle exports no handler');
    }
    return handler;
  }
}
