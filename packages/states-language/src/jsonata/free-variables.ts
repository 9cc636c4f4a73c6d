import { parseExpression } from './expression';

interface Node {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly lhs?: unknown;
  readonly arguments?: readonly unknown[];
  /** `#$i` binds the position of a step's value, `@$v` the value itself. */
  readonly index?: unknown;
  readonly focus?: unknown;
}

/**
 * Variables that an expression takes from around it: not those that it binds itself, and not the functions of the
 * engine, which it calls or hands on.
 */
export function freeVariables(source: string): string[] {
  const bound = new Set<unknown>();
  const used = new Set<string>();
  visit(parseExpression(source).ast(), bound, used);
  return [...used].filter((name) => !bound.has(name) && !FUNCTIONS.has(name));
}

function visit(node: unknown, bound: Set<unknown>, used: Set<string>): void {
  if (typeof node !== 'object' || node === null) {
    return;
  }
  const { type, value, lhs, arguments: parameters = [], index, focus } = node as Node;
  bound.add(index).add(focus);
  if (type === 'variable' && typeof value === 'string' && value !== '' && value !== '$') {
    used.add(value);
  } else if (type === 'bind') {
    bound.add((lhs as Node).value);
  } else if (type === 'lambda') {
    for (const parameter of parameters) {
      bound.add((parameter as Node).value);
    }
  }
  for (const child of Object.values(node)) {
    visit(child, bound, used);
  }
}

/** What is there without being assigned: the reserved variable, and the functions of JSONata and of AWS. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `states abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl
  decodeUrlComponent distinct each encodeUrl encodeUrlComponent error eval exists filter floor formatBase formatInteger
  formatNumber fromMillis hash join keys length lookup lowercase map match max merge millis min not now number pad
  parse parseInteger partition power random range reduce replace reverse round shuffle sift single sort split spread
  sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase uuid zip`.split(/\s+/),
);
