/** Reads Markdown for what can be checked: links, and examples that are marked to be run. */

/** A shell block that follows `<!-- test: … -->`, and the JSON block after it, if one is. */
export interface Example {
  /** HTTP status of the last request in the script; absent for a script that only prepares. */
  readonly status: number | undefined;
  readonly script: string;
  readonly answer: unknown;
}

const examplePattern = /<!-- test: (setup|\d{3}) -->\n```sh\n([\s\S]*?)```(?:\n\n```json\n([\s\S]*?)```)?/g;

/** Every example of a document that is marked to be run, in order. */
export function examplesOf(markdown: string): Example[] {
  return [...markdown.matchAll(examplePattern)].map(([, kind = '', script = '', answer]) => ({
    status: kind === 'setup' ? undefined : Number(kind),
    script,
    answer: answer === undefined ? undefined : JSON.parse(answer),
  }));
}

/** The lines of a text block that follows `<!-- shown: name -->`. */
export function shownLines(markdown: string, name: string): string[] {
  const block = new RegExp(`<!-- shown: ${name} -->\\n\`\`\`text\\n([\\s\\S]*?)\`\`\``).exec(markdown)?.[1] ?? '';
  return block.split('\n').filter((line) => line !== '');
}

/** Targets of the links of a document that point into the repository: path and fragment. */
export function localLinksOf(markdown: string): { readonly path: string; readonly fragment: string }[] {
  const prose = markdown.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
    if (/^[a-z]+:/.test(target)) {
      return [];
    }
    const [path = '', fragment = ''] = target.split('#', 2);
    return [{ path, fragment }];
  });
}

/** The fragments that GitHub gives the headings of a document. */
export function headingsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Whether an answer is what a document shows, where `…` stands for any text and every property has to be there. */
export function isAsShown(answer: unknown, shown: unknown): boolean {
  if (typeof shown === 'string') {
    const pattern = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return typeof answer === 'string' && new RegExp(`^${pattern.join('.*')}$`, 's').test(answer);
  }
  // A number with a fraction stands for an instant: no two runs have the same.
  if (typeof shown === 'number' && !Number.isInteger(shown)) {
    return typeof answer === 'number';
  }
  if (typeof shown !== 'object' || shown === null || typeof answer !== 'object' || answer === null) {
    return answer === shown;
  }
  const [actual, expected] = [Object.entries(answer), new Map<string, unknown>(Object.entries(shown))];
  return (
    Array.isArray(answer) === Array.isArray(shown) &&
    actual.length === expected.size &&
    actual.every(([key, value]) => expected.has(key) && isAsShown(value, expected.get(key)))
  );
}
