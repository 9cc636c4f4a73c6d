/** DynamoDB's expressions, as far as the functions use them: attributes of an item, no paths into them. */

export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

export type Condition = (item: Item | undefined, placeholders: Placeholders) => boolean;
export type Update = (item: Item, placeholders: Placeholders) => Item;
type Operand = (item: Item | undefined, placeholders: Placeholders) => AttributeValue | undefined;

/** What DynamoDB answers with a `ValidationException`, or what is not supported here. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

const TOKEN = /\s*(\(|\)|,|<>|<=|>=|[=<>+-]|[#:]?\w+)/y;

/** @throws {ExpressionError} */
export function parseCondition(text: string): Condition {
  if (hasRedundantParentheses(text)) {
    throw new ExpressionError('Invalid ConditionExpression: The expression has redundant parentheses;');
  }
  const reader = new Reader(text);
  const condition = reader.either();
  reader.end();
  return condition;
}

/** @throws {ExpressionError} */
export function parseUpdate(text: string): Update {
  return new Reader(text).update();
}

/** Parentheses right within parentheses, around the same: DynamoDB refuses them, dynalite does not. */
function hasRedundantParentheses(text: string): boolean {
  const opened: number[] = [];
  const pairs: (readonly [number, number])[] = [];
  const compact = text.replace(/\s+/g, '');
  for (let index = 0; index < compact.length; index++) {
    if (compact[index] === '(') {
      opened.push(index);
    }
    if (compact[index] === ')') {
      pairs.push([opened.pop() ?? 0, index]);
    }
  }
  return pairs.some(([from, to]) => pairs.some(([inner, end]) => inner === from + 1 && end === to - 1));
}

class Reader {
  readonly #tokens: string[] = [];
  #at = 0;

  readonly #text: string;

  constructor(text: string) {
    this.#text = text;

    TOKEN.lastIndex = 0;
    const length = text.trimEnd().length;
    while (TOKEN.lastIndex < length) {
      const token = TOKEN.exec(text)?.[1];
      if (token === undefined) {
        throw this.#unsupported(`something in`);
      }
      this.#tokens.push(token);
    }
  }

  either(): Condition {
    const first = this.#both();
    if (!this.#accept('OR')) {
      return first;
    }
    const second = this.either();
    return (item, given) => first(item, given) || second(item, given);
  }

  update(): Update {
    const steps: Update[] = [];
    while (this.#at < this.#tokens.length) {
      const clause = this.#take();
      if (clause !== 'SET' && clause !== 'REMOVE') {
        throw this.#unsupported(`clause ${clause} of`);
      }
      do {
        steps.push(clause === 'SET' ? this.#assignment() : this.#removal());
      } while (this.#accept(','));
    }
    // All of an update reads the item as it was.
    return (before, given) => Object.assign({ ...before }, ...steps.map((step) => step(before, given)));
  }

  end(): void {
    if (this.#at < this.#tokens.length) {
      throw this.#unsupported(`${this.#tokens[this.#at]} in`);
    }
  }

  #both(): Condition {
    const first = this.#negation();
    if (!this.#accept('AND')) {
      return first;
    }
    const second = this.#both();
    return (item, given) => first(item, given) && second(item, given);
  }

  #negation(): Condition {
    if (!this.#accept('NOT')) {
      return this.#test();
    }
    const negated = this.#negation();
    return (item, given) => !negated(item, given);
  }

  #test(): Condition {
    if (this.#accept('(')) {
      const inner = this.either();
      this.#require(')');
      return inner;
    }
    if (this.#accept('attribute_exists')) {
      return this.#existence(true);
    }
    if (this.#accept('attribute_not_exists')) {
      return this.#existence(false);
    }
    const left = this.#operand();
    const operator = this.#take();
    const right = this.#operand();
    const holds = COMPARISONS[operator];
    if (holds === undefined) {
      throw this.#unsupported(`operator ${operator} in`);
    }
    return (item, given) => holds(left(item, given), right(item, given));
  }

  #existence(wanted: boolean): Condition {
    this.#require('(');
    const operand = this.#operand();
    this.#require(')');
    return (item, given) => (operand(item, given) !== undefined) === wanted;
  }

  #operand(): Operand {
    const token = this.#take();
    if (token === 'if_not_exists') {
      this.#require('(');
      const attribute = this.#operand();
      this.#require(',');
      const otherwise = this.#operand();
      this.#require(')');
      return (item, given) => attribute(item, given) ?? otherwise(item, given);
    }
    if (token.startsWith(':')) {
      return (_item, { values }) => defined(values[token], token);
    }
    if (token.startsWith('#')) {
      return (item, { names }) => item?.[defined(names[token], token)];
    }
    throw this.#unsupported(`operand ${token} in`);
  }

  #assignment(): Update {
    const name = this.#take();
    this.#require('=');
    const operand = this.#operand();
    return (item, given) => ({ [defined(given.names[name], name)]: defined(operand(item, given), name) });
  }

  #removal(): Update {
    const name = this.#take();
    return (_item, { names }) => ({ [defined(names[name], name)]: undefined as unknown as AttributeValue });
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#at] !== token) {
      return false;
    }
    this.#at++;
    return true;
  }

  #require(token: string): void {
    if (!this.#accept(token)) {
      throw this.#unsupported(`${this.#tokens[this.#at] ?? 'the end'} where ${token} was expected in`);
    }
  }

  #take(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) {
      throw this.#unsupported('the end of');
    }
    return token;
  }

  #unsupported(what: string): ExpressionError {
    return new ExpressionError(`${what} the expression is not supported: ${this.#text}`);
  }
}

function defined<T>(value: T | undefined, placeholder: string): T {
  if (value === undefined) {
    throw new ExpressionError(`An expression uses ${placeholder}, which is not defined`);
  }
  return value;
}

/** Values of different types are never equal and have no order. */
const COMPARISONS: Readonly<Record<string, (left?: AttributeValue, right?: AttributeValue) => boolean>> = {
  '=': (left, right) => order(left, right) === 0,
  '<>': (left, right) => order(left, right) !== 0,
  '<': (left, right) => (order(left, right) ?? 1) < 0,
  '<=': (left, right) => (order(left, right) ?? 1) <= 0,
  '>': (left, right) => (order(left, right) ?? -1) > 0,
  '>=': (left, right) => (order(left, right) ?? -1) >= 0,
};

function order(left: AttributeValue | undefined, right: AttributeValue | undefined): number | undefined {
  if (left === undefined || right === undefined) {
    return undefined;
  }
  if (typeof left.S === 'string' && typeof right.S === 'string') {
    return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
  }
  if (typeof left.N === 'string' && typeof right.N === 'string') {
    return Number(left.N) - Number(right.N);
  }
  return JSON.stringify(left) === JSON.stringify(right) ? 0 : undefined;
}
