import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (
  event: unknown,
  context: unknown,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

/** A handler that cannot be loaded; its name is the `errorType` that Lambda reports. */
class HandlerError extends Error {
  constructor(
    override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Loads `file.export` as Lambda does: CommonJS or ES module, with nested exports.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const parts = /^([^.]*)\.(.*)$/.exec(basename(handler));
  const [, file, path] = parts ?? [];
  if (file === undefined || path === undefined) {
    throw new HandlerError('Runtime.MalformedHandlerName', `Bad handler: ${handler}`);
  }
  const loaded = await loadModule(join(taskRoot, dirname(handler), file), file);
  let found: unknown = loaded;
  for (const key of path.split('.')) {
    found = (found as Record<string, unknown> | undefined)?.[key];
  }
  if (found === undefined) {
    throw new HandlerError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw new HandlerError('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  return found as Handler;
}

async function loadModule(path: string, name: string): Promise<unknown> {
  const file = ['.js', '.mjs', '.cjs'].map((extension) => path + extension).find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new HandlerError('Runtime.ImportModuleError', `Error: Cannot find module '${name}'`);
  }
  try {
    return file.endsWith('.mjs') ? await import(pathToFileURL(file).href) : await loadScript(file);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new HandlerError('Runtime.UserCodeSyntaxError', String(error));
    }
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') {
      throw new HandlerError('Runtime.ImportModuleError', `${error}${sdkAdvice(error)}`);
    }
    throw error instanceof Error ? Object.assign(error, { message: `${error.message}${sdkAdvice(error)}` }) : error;
  }
}

/** What to do about a package of the AWS SDK that is not there. */
function sdkAdvice(error: unknown): string {
  const [, name] = /Cannot find (?:module|package) '(@aws-sdk\/[^']+)'/.exec(String(error)) ?? [];
  return name === undefined
    ? ''
    : `\nOn AWS, Lambda provides ${name}: install it where this runtime was started (npm install ${name}), or bundle it with the function.`;
}

/** A `.js` file is an ES module when its `package.json` says so. */
async function loadScript(file: string): Promise<unknown> {
  try {
    return require(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ESM') {
      throw error;
    }
    return await import(pathToFileURL(file).href);
  }
}
