import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context } from 'hono';

interface Page {
  readonly type: string;
  readonly tag: string;
  readonly identity: Uint8Array<ArrayBuffer>;
  readonly br: Uint8Array<ArrayBuffer>;
  readonly gzip: Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The built browser application, held in memory and compressed once. Only these files can be asked for: no path of a
 * request ever reaches the file system.
 */
export class Pages {
  readonly #pages = new Map<string, Page>();

  constructor(directory: string) {
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) {
        continue;
      }
      const path = join(entry.parentPath, entry.name);
      const type = TYPES[extname(path)];
      if (type !== undefined) {
        this.#pages.set(`/${relative(directory, path).split(sep).join('/')}`, load(path, type));
      }
    }
  }

  /** Answers a file by its name, and the application itself for every path without an extension: the browser routes those. */
  answer(context: Context): Response | undefined {
    const { path } = context.req;
    const page =
      this.#pages.get(path) ??
      (extname(path) === '' || path.startsWith('/executions/') ? this.#pages.get('/index.html') : undefined);
    if (page === undefined) {
      return undefined;
    }
    const fixed = path.startsWith('/assets/');
    context.header('Cache-Control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache');
    context.header('ETag', page.tag);
    context.header('Vary', 'Accept-Encoding');
    if (context.req.header('if-none-match') === page.tag) {
      return context.body(null, 304);
    }
    const encoding = (['br', 'gzip'] as const).find((it) => context.req.header('accept-encoding')?.includes(it));
    if (encoding !== undefined) {
      context.header('Content-Encoding', encoding);
    }
    return context.body(page[encoding ?? 'identity'], 200, { 'content-type': page.type });
  }
}

function load(path: string, type: string): Page {
  const identity = new Uint8Array(readFileSync(path));
  return {
    type,
    identity,
    tag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    br: new Uint8Array(brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })),
    gzip: new Uint8Array(gzipSync(identity, { level: 9 })),
  };
}
