/**
 * Says what is wrong with text that is not JSON, in the words of the parser that AWS uses (Jackson), so that an error
 * seen here is the error seen there. Only called after `JSON.parse` has refused the text.
 */

const VALUE_EXPECTED = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

class Diagnosis extends Error {
  /** Where reading stopped; where it is not said, where the scanner stands. */
  constructor(
    message: string,
    readonly end?: number,
  ) {
    super(message);
  }
}

class Scanner {
  #at = 0;

  constructor(readonly text: string) {}

  get position(): number {
    return this.#at;
  }

  document(): void {
    this.#value();
    this.#skipSpace();
    if (this.#at < this.text.length) {
      const char = this.#peek();
      if (/[A-Za-z_$]/.test(char)) {
        this.#unrecognizedToken();
      }
      this.#value();
      throw new Diagnosis('Trailing data after the JSON value');
    }
  }

  #value(): void {
    this.#skipSpace();
    const char = this.#peek();
    if (char === '') {
      throw new Diagnosis('No content to map due to end-of-input');
    }
    if (char === '{') {
      this.#object();
    } else if (char === '[') {
      this.#array();
    } else if (char === '"') {
      this.#string();
    } else if (/[-0-9]/.test(char)) {
      this.#number();
    } else if (/[A-Za-z_$]/.test(char)) {
      this.#word();
    } else {
      throw this.#unexpected(`expected a valid value ${VALUE_EXPECTED}`);
    }
  }

  #object(): void {
    this.#entries('Object', '}', () => {
      if (this.#peek() !== '"') {
        throw this.#unexpected('was expecting double-quote to start field name');
      }
      this.#string();
      this.#skipSpace();
      this.#ifEnded('Object');
      if (!this.#take(':')) {
        throw this.#unexpected('was expecting a colon to separate field name and value');
      }
      this.#skipSpace();
      this.#ifEnded('Object');
      this.#value();
    });
  }

  #array(): void {
    this.#entries('Array', ']', () => this.#value());
  }

  #entries(container: 'Object' | 'Array', end: '}' | ']', entry: () => void): void {
    this.#at++;
    this.#skipSpace();
    if (this.#take(end)) {
      return;
    }
    for (;;) {
      this.#skipSpace();
      this.#ifEnded(container);
      entry();
      this.#skipSpace();
      if (this.#take(end)) {
        return;
      }
      this.#ifEnded(container);
      if (!this.#take(',')) {
        throw this.#unexpected(`was expecting comma to separate ${container} entries`);
      }
    }
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const char = this.#peek();
      if (char === '') {
        throw new Diagnosis('Unexpected end-of-input: was expecting closing quote for a string value');
      }
      if (char < ' ') {
        throw new Diagnosis(
          `Illegal unquoted character ((CTRL-CHAR, code ${char.charCodeAt(0)})): ` +
            'has to be escaped using backslash to be included in string value',
        );
      }
      this.#at++;
      if (char === '"') {
        return;
      }
      if (char === '\\') {
        const escaped = this.#peek();
        if (!/["\\/bfnrtu]/.test(escaped)) {
          throw new Diagnosis(`Unrecognized character escape ${this.#shown(escaped)}`);
        }
        this.#at++;
      }
    }
  }

  #number(): void {
    const match = /^-?\d+(\.\d+)?([eE][-+]?\d+)?/.exec(this.text.slice(this.#at, this.#at + 400));
    if (match === null || /^-?0\d/.test(match[0])) {
      throw new Diagnosis('Invalid numeric value: Leading zeroes not allowed, and a minus sign needs a digit');
    }
    this.#at += match[0].length;
  }

  #word(): void {
    const match = /^(true|false|null)(?![\w$])/.exec(this.text.slice(this.#at, this.#at + 6));
    if (match === null) {
      this.#unrecognizedToken();
    }
    this.#at += match[0].length;
  }

  #unrecognizedToken(): never {
    const token = /^[\w$]+/.exec(this.text.slice(this.#at, this.#at + 256))?.[0] ?? '';
    throw new Diagnosis(`Unrecognized token '${token}': was expecting ${VALUE_EXPECTED}`, this.#at + token.length);
  }

  #ifEnded(container: string): void {
    if (this.#peek() === '') {
      throw new Diagnosis(`Unexpected end-of-input: expected close marker for ${container}`);
    }
  }

  #unexpected(expected: string): Diagnosis {
    return new Diagnosis(`Unexpected character (${this.#shown(this.#peek())}): ${expected}`, this.#at + 1);
  }

  #shown(char: string): string {
    return `'${char}' (code ${char.codePointAt(0) ?? -1})`;
  }

  #peek(): string {
    return this.text.charAt(this.#at);
  }

  #take(char: string): boolean {
    const found = this.#peek() === char;
    if (found) {
      this.#at++;
    }
    return found;
  }

  #skipSpace(): void {
    while (/^[ \t\r\n]$/.test(this.#peek())) {
      this.#at++;
    }
  }
}

/** @returns what is wrong with `text`, for instance `Unrecognized token 'not': was expecting …` */
export function diagnoseJson(text: string): string {
  return diagnose(text).message;
}

/** The same, with its place as the parser writes it: `[Source: (String)"not json"; line: 1, column: 4]`. */
export function locateJsonError(text: string): { readonly message: string; readonly source: string } {
  const { message, end } = diagnose(text);
  const before = text.slice(0, end).split('\n');
  const line = before.at(-1) ?? '';
  const shown =
    text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}"[truncated ${text.length - MAX_SHOWN} chars]` : `${text}"`;
  return { message, source: `[Source: (String)"${shown}; line: ${before.length}, column: ${line.length + 1}]` };
}

const MAX_SHOWN = 500;

function diagnose(text: string): { message: string; end: number } {
  const scanner = new Scanner(text);
  try {
    scanner.document();
  } catch (error) {
    return error instanceof Diagnosis
      ? { message: error.message, end: error.end ?? scanner.position }
      : { message: 'Nested too deeply', end: scanner.position };
  }
  return { message: 'Invalid JSON', end: scanner.position };
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
