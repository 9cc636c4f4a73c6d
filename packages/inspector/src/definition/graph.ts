import { type ChoiceRule, type Definition, type State, statesOf } from '@workflows/states-language/document';

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
export function graphOf(definition: Definition): Graph {
  const located = [...statesOf(definition)];
  return {
    nodes: located.map(({ name, state, branch, parent, branchIndex }) => ({
      name,
      type: state.Type,
      ...(parent === undefined ? {} : { parent }),
      ...(branchIndex === undefined ? {} : { branch: branchIndex }),
      start: branch.StartAt === name,
      end: ('End' in state && state.End === true) || state.Type === 'Succeed' || state.Type === 'Fail',
      ...(state.Comment === undefined ? {} : { comment: state.Comment }),
      ...(state.Type === 'Task' ? { resource: state.Resource } : {}),
    })),
    edges: located.flatMap(({ name, state }) => edgesOf(name, state)),
  };
}

function edgesOf(from: string, state: State): GraphEdge[] {
  const edges: GraphEdge[] = [];
  if ('Next' in state && state.Next !== undefined) {
    edges.push({ from, to: state.Next, kind: 'next' });
  }
  for (const rule of state.Type === 'Choice' ? state.Choices : []) {
    edges.push({ from, to: rule.Next, kind: 'choice', label: shorten(rule.Comment ?? conditionOf(rule)) });
  }
  if (state.Type === 'Choice' && state.Default !== undefined) {
    edges.push({ from, to: state.Default, kind: 'default', label: 'otherwise' });
  }
  for (const catcher of ('Catch' in state && state.Catch) || []) {
    const label = catcher.ErrorEquals.includes('States.ALL') ? 'any error' : catcher.ErrorEquals.join(', ');
    edges.push({ from, to: catcher.Next, kind: 'catch', label: shorten(label) });
  }
  return edges;
}

function conditionOf(rule: ChoiceRule): string {
  if ('Condition' in rule) {
    return String(rule.Condition).replace(/^\{%\s*|\s*%\}$/g, '');
  }
  const { Assign: _assign, Next: _next, Comment: _comment, Variable, ...comparison } = rule;
  const [operator, operand] = Object.entries(comparison)[0] ?? ['', ''];
  return Variable === undefined ? operator : `${Variable} ${operator} ${JSON.stringify(operand)}`;
}

function shorten(text: string): string {
  return text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH - 1)}…` : text;
}
