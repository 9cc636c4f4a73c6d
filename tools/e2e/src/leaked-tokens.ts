/** Looks for tokens where none may be. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One place where a token stands. */
export interface Leak {
  readonly file: string;
  readonly line: number;
  /** The beginning of the token: enough to find it, not enough to use it. */
  readonly token: string;
}

/** Result of a scan: what was read, and what should not have been there. */
export interface Scan {
  readonly files: number;
  readonly bytes: number;
  readonly leaks: readonly Leak[];
}

const shownCharacters = 8;

/** Searches every file below `directory` for any of `tokens`, as they are and as they look inside JSON or a URL. */
export function scanForTokens(directory: string, tokens: readonly string[]): Scan {
  const needles = [...new Set(tokens)].flatMap((token) => spellings(token).map((spelling) => ({ token, spelling })));
  const files = existsSync(directory) ? filesBelow(directory) : [];
  let bytes = 0;
  const leaks: Leak[] = [];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    bytes += Buffer.byteLength(text);
    for (const { token, spelling } of needles) {
      const at = text.indexOf(spelling);
      if (at >= 0) {
        leaks.push({ file, line: text.slice(0, at).split('\n').length, token: token.slice(0, shownCharacters) });
      }
    }
  }
  return { files: files.length, bytes, leaks };
}

function spellings(token: string): string[] {
  const spelled = [
    token,
    encodeURIComponent(token),
    JSON.stringify(token).slice(1, -1),
    Buffer.from(token).toString('base64'),
  ];
  return [...new Set(spelled)];
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
