/**
 * dynalite's parser tries each parenthesis in several ways, so that nested ones cost exponential time: 90 ms for a
 * condition with five. Here those that precedence makes needless are taken away before dynalite sees them.
 */

type Node =
  | { readonly kind: 'test'; readonly text: string }
  | { readonly kind: 'NOT'; readonly item: Node }
  | { readonly kind: 'AND' | 'OR'; readonly items: readonly Node[] };

const TOKEN = /\s*(\(|\)|,|<>|<=|>=|[=<>]|[^\s(),<>=]+)/y;
const MAX_KNOWN = 1000;
const known = new Map<string, string>();

/** An equal condition with as few parentheses as possible; what cannot be read is returned as it is. */
export function simplifyCondition(expression: string): string {
  const before = known.get(expression);
  if (before !== undefined) {
    return before;
  }
  const simplified = simplify(expression) ?? expression;
  if (known.size >= MAX_KNOWN) {
    known.clear();
  }
  known.set(expression, simplified);
  return simplified;
}

function simplify(expression: string): string | undefined {
  const tokens = tokenize(expression);
  // DynamoDB refuses `((…))`: dynalite shall, too.
  if (tokens === undefined || /\(\s*\(/.test(expression)) {
    return undefined;
  }
  const reader = new Reader(tokens);
  const node = reader.either();
  return node !== undefined && reader.atEnd() ? write(node) : undefined;
}

function tokenize(expression: string): string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined) {
      return undefined;
    }
    tokens.push(token);
  }
  return tokens;
}

function write(node: Node): string {
  if (node.kind === 'test') {
    return node.text;
  }
  if (node.kind === 'NOT') {
    return `NOT ${node.item.kind === 'test' ? node.item.text : `(${write(node.item)})`}`;
  }
  const parts = node.items.map((item) =>
    node.kind === 'AND' && item.kind === 'OR' ? `(${write(item)})` : write(item),
  );
  return parts.join(` ${node.kind} `);
}

/** Reads a condition by DynamoDB's precedence: NOT, AND, OR. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html */
class Reader {
  #at = 0;

  readonly #tokens: readonly string[];

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): Node | undefined {
    return this.#joined('OR', () => this.#joined('AND', () => this.#factor()));
  }

  #joined(kind: 'AND' | 'OR', read: () => Node | undefined): Node | undefined {
    const items: Node[] = [];
    do {
      const item = read();
      if (item === undefined) {
        return undefined;
      }
      items.push(...(item.kind === kind ? item.items : [item]));
    } while (this.#eat(kind));
    const [only] = items;
    return items.length === 1 ? only : { kind, items };
  }

  #factor(): Node | undefined {
    if (this.#eat('NOT')) {
      const item = this.#factor();
      return item && { kind: 'NOT', item };
    }
    if (!this.#eat('(')) {
      return this.#test();
    }
    const inner = this.either();
    const closed = this.#eat(')');
    // Something else follows an operand in parentheses: `(a) = b`.
    const ended = this.atEnd() || [')', 'AND', 'OR'].includes(this.#keyword());
    return closed && ended ? inner : undefined;
  }

  /** A comparison or a function, with the parentheses of its arguments. */
  #test(): Node | undefined {
    const taken: string[] = [];
    let depth = 0;
    let between = false;
    while (!this.atEnd()) {
      const keyword = this.#keyword();
      if (depth === 0 && (keyword === ')' || keyword === 'OR' || (keyword === 'AND' && !between))) {
        break;
      }
      if (keyword === 'AND') {
        between = false;
      }
      if (keyword === 'BETWEEN') {
        between = true;
      }
      if (keyword === '(') {
        depth += 1;
      }
      if (keyword === ')') {
        depth -= 1;
      }
      taken.push(this.#tokens[this.#at++] ?? '');
    }
    return taken.length === 0 || depth > 0 ? undefined : { kind: 'test', text: taken.join(' ') };
  }

  #keyword(): string {
    return (this.#tokens[this.#at] ?? '').toUpperCase();
  }

  #eat(keyword: string): boolean {
    if (this.#keyword() !== keyword) {
      return false;
    }
    this.#at += 1;
    return true;
  }
}
