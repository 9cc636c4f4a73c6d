/** What stands where a token was. */
export const REDACTED = '[redacted]';

/** Any field whose name ends in `token` holds a secret: `taskToken`, `TaskToken`, `resumeToken`, `token`. */
const TOKEN_FIELD = /token$/i;

/** Shorter values are hidden where their field names them, but never searched for in other texts, where they would hit words. */
const SEARCHABLE_LENGTH = 16;

/** `"name": "value"` in a text that is not (or no longer) JSON, at any depth of escaping. */
const QUOTED_FIELD = /((\\*)")([\w-]*)\1(\s*:\s*)\1(.*?[^\\]|)\1/g;

/**
 * Hides task tokens and resume tokens. It learns a token where a field names it, and from then on hides the same value
 * wherever it appears: in an error message, in JSON inside a string, in another state's output.
 *
 * Learning must see a document before the documents that quote it; a history in its own order does.
 */
export class Redactor {
  readonly #secrets = new Set<string>();
  readonly #fields: ReadonlySet<string>;

  /** @param tokenFields names of fields that hold a token although their name does not say so */
  constructor(tokenFields: Iterable<string> = []) {
    this.#fields = new Set(tokenFields);
  }

  /** Hides `secret` from now on. */
  learn(secret: string | undefined): void {
    if (secret !== undefined && secret.length >= SEARCHABLE_LENGTH) {
      this.#secrets.add(secret);
    }
  }

  /** Redacts JSON text, or any other text. Text without a token comes back exactly as it was. */
  text(text: string): string {
    const parsed = parseJson(text);
    const cleaned = parsed === undefined ? this.#quotedFields(text) : this.#json(text, parsed.value);
    return this.#knownSecrets(cleaned);
  }

  /** Redacts every string in `value`, and returns a copy. */
  value(value: unknown): unknown {
    return this.#walk(value).value;
  }

  #json(text: string, value: unknown): string {
    const walked = this.#walk(value);
    return walked.changed ? JSON.stringify(walked.value) : text;
  }

  #walk(value: unknown): { value: unknown; changed: boolean } {
    if (typeof value === 'string') {
      const text = this.text(value);
      return { value: text, changed: text !== value };
    }
    if (Array.isArray(value)) {
      const items = value.map((item) => this.#walk(item));
      return { value: items.map((item) => item.value), changed: items.some((item) => item.changed) };
    }
    if (value === null || typeof value !== 'object') {
      return { value, changed: false };
    }
    let changed = false;
    const entries = Object.entries(value).map(([name, held]) => {
      const walked = this.#isTokenField(name) && typeof held === 'string' ? this.#hide(held) : this.#walk(held);
      changed ||= walked.changed;
      return [name, walked.value];
    });
    return { value: Object.fromEntries(entries), changed };
  }

  #hide(secret: string): { value: string; changed: boolean } {
    if (secret === '' || secret === REDACTED) {
      return { value: secret, changed: false };
    }
    this.learn(secret);
    return { value: REDACTED, changed: true };
  }

  #isTokenField(name: string): boolean {
    return TOKEN_FIELD.test(name) || this.#fields.has(name);
  }

  #quotedFields(text: string): string {
    return text.replace(QUOTED_FIELD, (whole, quote: string, _slashes, name: string, colon: string, held: string) => {
      if (!this.#isTokenField(name) || held === '') {
        return whole;
      }
      this.learn(held);
      return `${quote}${name}${quote}${colon}${quote}${REDACTED}${quote}`;
    });
  }

  #knownSecrets(text: string): string {
    let cleaned = text;
    for (const secret of this.#secrets) {
      cleaned = cleaned.replaceAll(secret, REDACTED);
    }
    return cleaned;
  }
}

/** Only objects and arrays can hold a named field; a JSON string or number is read as plain text. */
function parseJson(text: string): { value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) {
    return undefined;
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
