/** Reads a text from left to right. Shared by the parsers of paths, filters and intrinsic functions. */
export class TextCursor {
  position = 0;

  constructor(readonly text: string) {}

  get done(): boolean {
    return this.position >= this.text.length;
  }

  peek(length = 1): string {
    return this.text.slice(this.position, this.position + length);
  }

  skipSpace(): void {
    while (/\s/.test(this.peek()) && !this.done) {
      this.position += 1;
    }
  }

  /** Takes `token` if it comes next. */
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.position)) {
      return false;
    }
    this.position += token.length;
    return true;
  }

  /** Takes what a sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (found === null) {
      return undefined;
    }
    this.position += found[0].length;
    return found[0];
  }

  /** Takes a quoted string, the opening quote included. A backslash escapes that quote and itself, and is text otherwise. */
  quoted(): string | undefined {
    const quote = this.peek();
    if (quote !== "'" && quote !== '"') {
      return undefined;
    }
    let value = '';
    for (let at = this.position + 1; at < this.text.length; at += 1) {
      const char = this.text.charAt(at);
      if (char === quote) {
        this.position = at + 1;
        return value;
      }
      const next = this.text.charAt(at + 1);
      if (char === '\\' && (next === quote || next === '\\')) {
        at += 1;
      }
      value += this.text.charAt(at);
    }
    return undefined;
  }
}
