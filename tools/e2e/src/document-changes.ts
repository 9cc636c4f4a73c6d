/** Reads what a document says to write and to change, and does it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file to write, or lines to change in one that exists. */
export type Change =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'lines'; readonly path: string; readonly before: string; readonly after: string };

/** Every block of a document that follows a path: `ts` blocks are files, `diff` blocks are changes of lines. */
export function changesOf(markdown: string): Change[] {
  let path = '';
  const blocks = markdown.matchAll(/^.*`([\w./-]+\/[\w.-]+\.ts)`$|^```(ts|diff)\n([\s\S]*?)^```/gm);
  return [...blocks].flatMap(([, named, language, text = '']): Change[] => {
    if (named !== undefined) {
      path = named;
      return [];
    }
    return language === 'ts' ? [{ kind: 'file', path, text }] : [linesOf(path, text)];
  });
}

function linesOf(path: string, diff: string): Change {
  const lines = diff.split('\n').filter((line) => line !== '');
  const without = (sign: string) => lines.filter((line) => !line.startsWith(sign)).map((line) => `${line.slice(1)}\n`);
  return { kind: 'lines', path, before: without('+').join(''), after: without('-').join('') };
}

/** @throws when a file exists already, or lines are not there exactly once */
export function applyChange(root: string, change: Change): void {
  const file = join(root, change.path);
  if (change.kind === 'file') {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, change.text, { flag: 'wx' });
    return;
  }
  const parts = readFileSync(file, 'utf8').split(change.before);
  if (parts.length !== 2) {
    throw new Error(`${change.path} has these lines ${parts.length - 1} times, not once:\n${change.before}`);
  }
  writeFileSync(file, parts.join(change.after));
}
