/**
 * Terraform's expression language, as far as synthesized JSON uses it: templates, references, calls, literals,
 * lists and objects.
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping
 */
import { UnsupportedTerraformError } from './errors';

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Parts are concatenated, unless there is only one: that part's value is the template's value. */
  | { readonly kind: 'template'; readonly parts: readonly Expression[] }
  | { readonly kind: 'reference'; readonly root: string; readonly path: readonly (string | number)[] }
  | { readonly kind: 'access'; readonly target: Expression; readonly path: readonly (string | number)[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Expression, Expression])[] };

/** Parses a JSON string as a template: `"${aws_lambda_function.f.arn}/x"`. */
export function parseTemplate(text: string): Expression {
  const parser = new Parser(text);
  return parser.template(undefined);
}

const IDENTIFIER = /[A-Za-z_][\w-]*/y;
const NUMBER = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y;
const WHITESPACE = /\s*/y;
const KEYWORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const QUOTED_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

class Parser {
  #at = 0;

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads template text up to `end` (a quote) or the end of the text. */
  template(end: '"' | undefined): Expression {
    const parts: Expression[] = [];
    let literal = '';
    while (!this.#atEnd(end)) {
      if (this.#eat('${')) {
        if (literal !== '') {
          parts.push({ kind: 'literal', value: literal });
        }
        literal = '';
        parts.push(this.#expression());
        this.#expect('}');
      } else {
        literal += this.#literal(end !== undefined);
      }
    }
    if (literal !== '') {
      parts.push({ kind: 'literal', value: literal });
    }
    const [only] = parts;
    if (only === undefined) {
      return { kind: 'literal', value: '' };
    }
    return parts.length === 1 ? only : { kind: 'template', parts };
  }

  #atEnd(end: '"' | undefined): boolean {
    if (this.#at < this.#text.length) {
      return end !== undefined && this.#eat(end);
    }
    if (end !== undefined) {
      throw this.#unexpected('an unterminated string');
    }
    return true;
  }

  #literal(quoted: boolean): string {
    if (this.#eat('$${')) {
      return '${';
    }
    if (this.#eat('%%{')) {
      return '%{';
    }
    if (this.#eat('%{')) {
      throw this.#unexpected('a template directive `%{`');
    }
    return quoted && this.#text[this.#at] === '\\' ? this.#escape() : (this.#text[this.#at++] ?? '');
  }

  #escape(): string {
    const code = this.#text[this.#at + 1] ?? '';
    if (code === 'u') {
      const digits = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[\da-fA-F]{4}$/.test(digits)) {
        throw this.#unexpected(`the escape \\u${digits}`);
      }
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = QUOTED_ESCAPES[code];
    if (character === undefined) {
      throw this.#unexpected(`the escape \\${code}`);
    }
    this.#at += 2;
    return character;
  }

  #expression(): Expression {
    let expression = this.#primary();
    const path = this.#path();
    if (path.length > 0) {
      expression =
        expression.kind === 'reference'
          ? { ...expression, path: [...expression.path, ...path] }
          : { kind: 'access', target: expression, path };
    }
    this.#skipSpace();
    return expression;
  }

  #primary(): Expression {
    this.#skipSpace();
    if (this.#eat('"')) {
      return this.template('"');
    }
    if (this.#eat('(')) {
      const inner = this.#expression();
      this.#expect(')');
      return inner;
    }
    if (this.#eat('[')) {
      return { kind: 'list', items: this.#sequence(']') };
    }
    if (this.#eat('{')) {
      return this.#object();
    }
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      return { kind: 'literal', value: Number(number) };
    }
    const name = this.#match(IDENTIFIER);
    if (name === undefined) {
      throw this.#unexpected('an unknown expression');
    }
    const keyword = KEYWORDS.get(name);
    if (keyword !== undefined) {
      return { kind: 'literal', value: keyword };
    }
    if (this.#eat('(')) {
      return { kind: 'call', name, arguments: this.#sequence(')') };
    }
    return { kind: 'reference', root: name, path: [] };
  }

  #path(): (string | number)[] {
    const path: (string | number)[] = [];
    for (;;) {
      if (this.#eat('.')) {
        const step = this.#match(IDENTIFIER) ?? this.#match(/\d+/y);
        if (step === undefined) {
          throw this.#unexpected('a splat or an empty attribute name');
        }
        path.push(/^\d/.test(step) ? Number(step) : step);
      } else if (this.#eat('[')) {
        const index = this.#expression();
        if (index.kind !== 'literal' || index.value === null || typeof index.value === 'boolean') {
          throw this.#unexpected('an index that is not a literal');
        }
        path.push(index.value);
        this.#expect(']');
      } else {
        return path;
      }
    }
  }

  #sequence(end: string): Expression[] {
    const items: Expression[] = [];
    this.#skipSpace();
    while (!this.#eat(end)) {
      items.push(this.#expression());
      if (!this.#eat(',')) {
        this.#expect(end);
        break;
      }
      this.#skipSpace();
    }
    return items;
  }

  #object(): Expression {
    const entries: [Expression, Expression][] = [];
    this.#skipSpace();
    while (!this.#eat('}')) {
      const key = this.#expression();
      if (!this.#eat('=')) {
        this.#expect(':');
      }
      const named: Expression =
        key.kind === 'reference' && key.path.length === 0 ? { kind: 'literal', value: key.root } : key;
      entries.push([named, this.#expression()]);
      if (!this.#eat(',')) {
        this.#skipSpace();
      }
      this.#skipSpace();
    }
    return { kind: 'object', entries };
  }

  #eat(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) {
      return false;
    }
    this.#at += token.length;
    return true;
  }

  #expect(token: string): void {
    this.#skipSpace();
    if (!this.#eat(token)) {
      throw this.#unexpected(`no \`${token}\``);
    }
  }

  #match(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.#at;
    const found = sticky.exec(this.#text)?.[0];
    if (found !== undefined) {
      this.#at += found.length;
    }
    return found;
  }

  #skipSpace(): void {
    this.#match(WHITESPACE);
  }

  #unexpected(what: string): UnsupportedTerraformError {
    const near = this.#text.slice(Math.max(0, this.#at - 20), this.#at + 20);
    return new UnsupportedTerraformError(
      `expression has ${what} near \`${near}\`; supported: literals, templates, references, function calls, lists and objects`,
    );
  }
}
