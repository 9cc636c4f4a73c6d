import { type GraphLayout, layoutGraph, type PlacedNode } from '../../src/ui/views/execution/graph-layout';
import type { Graph } from '../../src/wire/types';

const node = (name: string, more: Partial<Graph['nodes'][number]> = {}) => ({
  name,
  type: 'Pass',
  start: false,
  end: false,
  ...more,
});

const graph: Graph = {
  nodes: [
    node('First', { start: true }),
    node('Each item of a long list of many things', { type: 'Map' }),
    node('Inside', { parent: 'Each item of a long list of many things', start: true, end: true }),
    node('Last', { end: true }),
    node('Lost', { end: true }),
  ],
  edges: [
    { from: 'First', to: 'Each item of a long list of many things', kind: 'next' },
    { from: 'Each item of a long list of many things', to: 'Last', kind: 'next' },
    { from: 'Each item of a long list of many things', to: 'Lost', kind: 'catch', label: 'any error' },
  ],
};

const find = (layout: GraphLayout, name: string) => layout.nodes.find((it) => it.node.name === name) as PlacedNode;
const overlap = (a: PlacedNode, b: PlacedNode) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('the layout of a state machine', () => {
  const layout = layoutGraph(graph);

  it('goes from top to bottom, and nothing covers anything else', () => {
    expect(find(layout, 'First').y).toBeLessThan(find(layout, 'Each item of a long list of many things').y);
    const pairs = layout.nodes.flatMap((a, index) => layout.nodes.slice(index + 1).map((b) => overlap(a, b)));
    expect(pairs).toEqual(pairs.map(() => false));
  });

  it('keeps every node inside the layout', () => {
    for (const { x, y, width, height } of layout.nodes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(layout.width);
      expect(y + height).toBeLessThanOrEqual(layout.height);
    }
  });

  it('makes a Map large enough for what is inside it', () => {
    const map = find(layout, 'Each item of a long list of many things');
    const [inside] = map.inside;
    expect((inside?.x ?? 0) + (inside?.layout.width ?? 0)).toBeLessThanOrEqual(map.width);
    expect((inside?.y ?? 0) + (inside?.layout.height ?? 0)).toBeLessThanOrEqual(map.height);
  });

  it('is higher where a name takes more lines, so that nothing of it is cut off', () => {
    const heightOf = (name: string) => find(layoutGraph({ nodes: [node(name)], edges: [] }), name).height;
    const one = heightOf('Finalize');
    const two = heightOf('Request external service');
    const three = heightOf('Request external service with heartbeat');
    expect(two - one).toBe(three - two);
    expect(two).toBeGreaterThan(one);
    expect(heightOf('A'.repeat(80))).toBeGreaterThan(three);
  });

  it('shows where it begins and ends, and a label where a way has one', () => {
    expect(layout.ends.map((end) => end.kind)).toEqual(['start', 'end']);
    expect(layout.edges.filter((it) => it.label !== undefined).map((it) => it.edge.label)).toEqual(['any error']);
  });
});
