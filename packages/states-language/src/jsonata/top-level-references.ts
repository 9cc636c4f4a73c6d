interface Node {
  readonly type?: unknown;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly lhs?: Node | readonly (readonly [Node, Node])[];
  readonly rhs?: Node;
  readonly procedure?: Node;
  readonly arguments?: readonly Node[];
  readonly body?: Node;
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
}

/**
 * What an expression reads from the context that it is evaluated in, each name once: fields, `$` and `$$`. Step Functions
 * evaluates expressions without a context, and refuses definitions that refer to one.
 *
 * Only the first step of a path reads the context: later steps, predicates, sort terms and groups read what was found
 * before them. The body of a function reads the context around the function (measured on AWS:
 * https://github.com/floci-io/floci/pull/2699).
 */
export function topLevelReferences(ast: unknown): string[] {
  const names = new Set<string>();
  collect(ast as Node, names);
  return [...names];
}

function collect(node: Node | undefined, names: Set<string>): void {
  switch (node?.type) {
    case 'path':
      collect(node.steps?.[0], names);
      break;
    case 'name':
      names.add(String(node.value));
      break;
    case 'variable':
      collectVariable(String(node.value), names);
      break;
    case 'unary':
      collectUnary(node, names);
      break;
    default:
      for (const part of partsOf(node)) {
        collect(part, names);
      }
  }
}

/** `$` is the context, `$$` the context of the whole expression; any other variable is no reference to it. */
function collectVariable(name: string, names: Set<string>): void {
  if (name === '') {
    names.add('$');
  } else if (name === '$') {
    names.add('$$');
  }
}

/** `-a`, `[a, b]` or `{a: b}`, whose keys are expressions too. */
function collectUnary(node: Node, names: Set<string>): void {
  const pairs = node.value === '{' && Array.isArray(node.lhs) ? node.lhs.flat() : [];
  for (const part of [node.expression, ...(node.expressions ?? []), ...(pairs as Node[])]) {
    collect(part, names);
  }
}

/** What is evaluated in the same context as the node. Transforms, sorts and literals have nothing of the kind. */
function partsOf(node: Node | undefined): readonly (Node | undefined)[] {
  switch (node?.type) {
    case 'binary':
    case 'apply':
      return [node.lhs as Node | undefined, node.rhs];
    case 'bind':
      return [node.rhs];
    case 'function':
    case 'partial':
      return [node.procedure, ...(node.arguments ?? [])];
    case 'lambda':
      return [node.body];
    case 'condition':
      return [node.condition, node.then, node.else];
    case 'block':
      return node.expressions ?? [];
    default:
      return [];
  }
}
