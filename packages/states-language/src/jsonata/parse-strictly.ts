/** A JSON string, or one of the characters that give an object its structure; nothing else can hold a key. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs;

/**
 * Parses JSON as `$parse` does on AWS: a key that stands twice in one object and a number that no double holds are no JSON.
 *
 * @throws {SyntaxError}
 */
export function parseStrictly(text: string): unknown {
  const value: unknown = JSON.parse(text, (_, part: unknown) => {
    if (typeof part === 'number' && !Number.isFinite(part)) {
      throw new SyntaxError('a number is out of range');
    }
    return part;
  });
  checkKeys(text);
  return value;
}

/** `text` is JSON already. */
function checkKeys(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : undefined);
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ':') {
      const keys = open.at(-1);
      const key = JSON.parse(previous) as string;
      if (keys?.has(key)) {
        throw new SyntaxError(`the key ${previous} stands twice`);
      }
      keys?.add(key);
    }
    previous = token;
  }
}
