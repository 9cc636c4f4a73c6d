import { layout as arrange, graphlib } from '@dagrejs/dagre';
import type { Graph, GraphEdge, GraphNode } from '../../../wire/types';

/** A node or a container with its place inside the container around it, in CSS pixels from the top left corner. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** What is inside a Map or a Parallel: one layout for each branch. */
  readonly inside: readonly { readonly x: number; readonly y: number; readonly layout: GraphLayout }[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly label?: Point;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Where it begins and ends: the small circles. */
  readonly ends: readonly (Point & { readonly kind: 'start' | 'end' })[];
}

/** Sizes, in pixels. */
const SIZE = {
  nodeHeight: 46,
  minWidth: 110,
  maxWidth: 200,
  /** What each further line of a name adds to the height of its node. */
  lineHeight: 16,
  /** The average letter of a name in the widest of the usual fonts, so that every name fits. */
  letter: 9,
  /** The sign and the edges of a node. */
  besideName: 48,
  /** Where a Map chooses its iteration. */
  chooser: 150,
  labelLetter: 6.2,
  labelMax: 120,
  circle: 18,
  head: 44,
  pad: 12,
} as const;
const START = '\u0000start';
const END = '\u0000end';

/** Lays a state machine out. What is inside a Map or a Parallel is laid out first, and then is one large node. */
export function layoutGraph(graph: Graph): GraphLayout {
  return layoutNodes(
    graph,
    graph.nodes.filter((node) => node.parent === undefined),
    true,
  );
}

function layoutNodes(graph: Graph, nodes: readonly GraphNode[], outermost: boolean): GraphLayout {
  const names = new Set(nodes.map((node) => node.name));
  const edges = graph.edges.filter((edge) => names.has(edge.from) && names.has(edge.to));
  const insides = new Map(nodes.map((node) => [node.name, insideOf(graph, node)]));
  const g = new graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: 'TB', nodesep: 20, ranksep: 32, edgesep: 12, marginx: 6, marginy: 6 });
  g.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    g.setNode(node.name, sizeOf(node, insides.get(node.name) ?? []));
  }
  edges.forEach((edge, index) => {
    const width = edge.label === undefined ? 0 : Math.min(SIZE.labelMax, edge.label.length * SIZE.labelLetter + 8);
    g.setEdge(edge.from, edge.to, { width, height: edge.label === undefined ? 0 : 16, labelpos: 'c' }, String(index));
  });
  if (outermost) {
    addEnds(g, nodes);
  }
  arrange(g);
  return read(g, nodes, edges, insides);
}

type Inside = readonly GraphLayout[];

function insideOf(graph: Graph, node: GraphNode): Inside {
  const children = graph.nodes.filter((it) => it.parent === node.name);
  const branches = [...new Set(children.map((it) => it.branch ?? 0))].sort((a, b) => a - b);
  return branches.map((branch) =>
    layoutNodes(
      graph,
      children.filter((it) => (it.branch ?? 0) === branch),
      false,
    ),
  );
}

function sizeOf(node: GraphNode, inside: Inside): { width: number; height: number } {
  const wanted = node.name.length * SIZE.letter + SIZE.besideName;
  const own = Math.min(SIZE.maxWidth, Math.max(SIZE.minWidth, wanted));
  if (inside.length === 0) {
    return { width: own, height: SIZE.nodeHeight + (linesOf(node.name, own - SIZE.besideName) - 1) * SIZE.lineHeight };
  }
  const width = inside.reduce((sum, it) => sum + it.width, SIZE.pad * (inside.length + 1));
  return {
    width: Math.max(own + (node.type === 'Map' ? SIZE.chooser : 20), width),
    height: Math.max(...inside.map((it) => it.height)) + SIZE.head + SIZE.pad,
  };
}

/** How many lines a name takes, broken between words; a word that is too long is broken inside. */
function linesOf(name: string, width: number): number {
  const most = Math.max(1, Math.floor(width / SIZE.letter));
  let [lines, used] = [1, 0];
  for (const { length } of name.split(' ')) {
    const fits = used === 0 || used + 1 + length <= most;
    if (!fits) {
      lines += 1;
    }
    const line = fits && used > 0 ? used + 1 + length : length;
    lines += Math.ceil(line / most) - 1;
    used = line > most ? line % most : line;
  }
  return lines;
}

function addEnds(g: InstanceType<typeof graphlib.Graph>, nodes: readonly GraphNode[]): void {
  for (const id of [START, END]) {
    g.setNode(id, { width: SIZE.circle, height: SIZE.circle });
  }
  for (const node of nodes) {
    if (node.start) {
      g.setEdge(START, node.name, {}, 'start');
    }
    if (node.end) {
      g.setEdge(node.name, END, {}, 'end');
    }
  }
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function read(
  g: InstanceType<typeof graphlib.Graph>,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  insides: ReadonlyMap<string, Inside>,
): GraphLayout {
  const size = g.graph() as { width?: number; height?: number };
  const box = (name: string) => g.node(name) as Box;
  const placedEdges = g.edges().map((id): PlacedEdge => {
    const { points, x, y } = g.edge(id) as { points: Point[]; x?: number; y?: number };
    const known = edges[Number(id.name)];
    const edge = known ?? { from: id.v, to: id.w, kind: 'next' as const };
    return {
      edge,
      points,
      ...(edge.label === undefined || x === undefined || y === undefined ? {} : { label: { x, y } }),
    };
  });
  return {
    width: size.width ?? 0,
    height: size.height ?? 0,
    nodes: nodes.map((node) => placed(node, box(node.name), insides.get(node.name) ?? [])),
    edges: placedEdges,
    ends: [START, END].flatMap((id) => {
      const at = g.hasNode(id) ? box(id) : undefined;
      return at === undefined ? [] : [{ x: at.x, y: at.y, kind: id === START ? ('start' as const) : ('end' as const) }];
    }),
  };
}

function placed(node: GraphNode, box: Box, inside: Inside): PlacedNode {
  const total = inside.reduce((sum, it) => sum + it.width, SIZE.pad * Math.max(0, inside.length - 1));
  let x = (box.width - total) / 2;
  const children = inside.map((layout) => {
    const child = { x, y: SIZE.head, layout };
    x += layout.width + SIZE.pad;
    return child;
  });
  return {
    node,
    x: box.x - box.width / 2,
    y: box.y - box.height / 2,
    width: box.width,
    height: box.height,
    inside: children,
  };
}
