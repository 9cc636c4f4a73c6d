import { type ChoiceRule, nestedDefinitions, type StateDefinition, type StatesDefinition } from './definition';

/** A state of the state machine. Its name is its identity: ASL keeps names unique at every depth. */
export interface GraphNode {
  readonly name: string;
  readonly type: string;
  /** The Map or Parallel state that this one is in. */
  readonly parent?: string;
  /** Which branch of the Parallel state, from 0. */
  readonly branch?: number;
  readonly start: boolean;
  readonly end: boolean;
  readonly comment?: string;
  readonly resource?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'catch';
  readonly label?: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

const LABEL_LENGTH = 48;

/** The graph of a definition: its states, where each may go, and which state is inside which. */
export function graphOf(definition: StatesDefinition): Graph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  collect(definition, {}, nodes, edges);
  return { nodes, edges };
}

function collect(
  definition: StatesDefinition,
  place: { parent?: string; branch?: number },
  nodes: GraphNode[],
  edges: GraphEdge[],
): void {
  for (const [name, state] of Object.entries(definition.States)) {
    nodes.push({
      name,
      type: state.Type,
      ...place,
      start: definition.StartAt === name,
      end: state.End === true || state.Type === 'Succeed' || state.Type === 'Fail',
      ...(state.Comment === undefined ? {} : { comment: state.Comment }),
      ...(state.Resource === undefined ? {} : { resource: state.Resource }),
    });
    edges.push(...edgesOf(name, state));
    nestedDefinitions(state).forEach((nested, index) => {
      const inside = state.Branches === undefined ? { parent: name } : { parent: name, branch: index };
      collect(nested, inside, nodes, edges);
    });
  }
}

function edgesOf(from: string, state: StateDefinition): GraphEdge[] {
  const edges: GraphEdge[] = [];
  if (state.Next !== undefined) {
    edges.push({ from, to: state.Next, kind: 'next' });
  }
  for (const rule of state.Choices ?? []) {
    edges.push({ from, to: rule.Next, kind: 'choice', label: shorten(rule.Comment ?? conditionOf(rule)) });
  }
  if (state.Default !== undefined) {
    edges.push({ from, to: state.Default, kind: 'default', label: 'otherwise' });
  }
  for (const catcher of state.Catch ?? []) {
    const label = catcher.ErrorEquals.includes('States.ALL') ? 'any error' : catcher.ErrorEquals.join(', ');
    edges.push({ from, to: catcher.Next, kind: 'catch', label: shorten(label) });
  }
  return edges;
}

function conditionOf(rule: ChoiceRule): string {
  if (rule.Condition !== undefined) {
    return String(rule.Condition).replace(/^\{%\s*|\s*%\}$/g, '');
  }
  const { Next: _next, Comment: _comment, Variable, ...comparison } = rule;
  const [operator, operand] = Object.entries(comparison)[0] ?? ['', ''];
  return Variable === undefined ? operator : `${Variable} ${operator} ${JSON.stringify(operand)}`;
}

function shorten(text: string): string {
  return text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH - 1)}…` : text;
}
