import { useMemo, useRef } from 'preact/hooks';
import type { Graph, Visit } from '../../../wire/types';
import { Sign } from '../../components/sign';
import { LANE_LOOKS, VISIT_LOOKS } from '../../lib/status';
import { type GraphLayout, layoutGraph, type PlacedNode, type Point } from './graph-layout';
import { type ChosenLanes, type InView, inView, laneInView, way } from './in-view';
import { useChosenInSight } from './use-chosen-in-sight';
import { useFittingZoom } from './use-fitting-zoom';

export interface StateGraphProps {
  readonly graph: Graph;
  readonly visits: readonly Visit[];
  readonly chosenState: string | undefined;
  readonly chooseState: (state: string) => void;
  readonly chosenLanes: ChosenLanes;
  readonly chooseLane: (visit: number, index: number) => void;
}

/** Renders the definition as a graph, each state coloured by what happened to it. Every state is a button. */
export function StateGraph(props: StateGraphProps) {
  const { graph, visits, chosenLanes } = props;
  const layout = useMemo(() => layoutGraph(graph), [graph]);
  const view = inView(visits, chosenLanes);
  const place = useRef<HTMLElement>(null);
  const zoom = useFittingZoom(place, layout.width);
  useChosenInSight(place, props.chosenState, zoom);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={place} class="graph" aria-label="State machine" tabIndex={0}>
      <div
        class="graph-canvas"
        style={{ width: `${layout.width}px`, height: `${layout.height}px`, zoom: String(zoom) }}
      >
        <Part layout={layout} view={view} {...props} />
      </div>
    </section>
  );
}

function Part({ layout, view, ...props }: { readonly layout: GraphLayout; readonly view: InView } & StateGraphProps) {
  return (
    <>
      <svg class="edges" width={layout.width} height={layout.height} aria-hidden="true" focusable="false">
        {layout.edges.map(({ edge, points }, index) => (
          <path
            key={index}
            class={`edge edge-${edge.kind} ${view.taken.has(way(edge.from, edge.to)) ? 'edge-taken' : ''}`}
            d={pathOf(points)}
          />
        ))}
        {layout.edges.map(({ edge, points }, index) => (
          <path
            key={index}
            class={`arrow ${view.taken.has(way(edge.from, edge.to)) ? 'arrow-taken' : ''}`}
            d={arrowOf(points)}
          />
        ))}
        {layout.ends.map((end) => (
          <circle key={end.kind} class={`end end-${end.kind}`} cx={end.x} cy={end.y} r={end.kind === 'start' ? 6 : 7} />
        ))}
      </svg>
      {layout.edges.map(({ edge, label }, index) =>
        label === undefined ? null : (
          <span key={index} class="edge-label" style={{ left: `${label.x}px`, top: `${label.y}px` }} title={edge.label}>
            {edge.label}
          </span>
        ),
      )}
      {layout.nodes.map((node) => (
        <Node key={node.node.name} placed={node} view={view} {...props} />
      ))}
    </>
  );
}

function Node({ placed, view, ...props }: { readonly placed: PlacedNode; readonly view: InView } & StateGraphProps) {
  const { node, x, y, width, height, inside } = placed;
  const visit = view.visits.get(node.name);
  const look = visit === undefined ? undefined : VISIT_LOOKS[visit.status];
  const entered = view.entered.get(node.name) ?? 0;
  const attempts = visit?.attempts.length ?? 0;
  const word = look === undefined ? 'not entered' : look.word.toLowerCase();
  return (
    <div
      class={`node ${inside.length > 0 ? 'node-box' : ''} tone-${look?.tone ?? 'none'}`}
      style={{ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` }}
    >
      <button
        type="button"
        class="node-button"
        aria-pressed={props.chosenState === node.name}
        onClick={() => props.chooseState(node.name)}
      >
        {look === undefined ? null : <Sign tone={look.tone} />}
        <span class="node-text">
          <span class="node-name">
            {node.name}
            <span class="unseen">: {word}</span>
          </span>
          <span class="node-type">
            {node.type}
            {attempts > 1 ? ` · ${attempts} attempts` : ''}
            {entered > 1 ? ` · ${entered}×` : ''}
          </span>
        </span>
      </button>
      {inside.map((child) => (
        <div
          key={child.x}
          class="node-inside"
          style={{
            left: `${child.x}px`,
            top: `${child.y}px`,
            width: `${child.layout.width}px`,
            height: `${child.layout.height}px`,
          }}
        >
          <Part layout={child.layout} view={view} {...props} />
        </div>
      ))}
      {visit?.type === 'Map' ? (
        <LaneChooser visit={visit} chosen={props.chosenLanes} choose={props.chooseLane} />
      ) : null}
    </div>
  );
}

interface LaneChooserProps {
  readonly visit: Visit;
  readonly chosen: ChosenLanes;
  readonly choose: (visit: number, index: number) => void;
}

/** Which iteration of a Map the graph shows. */
function LaneChooser({ visit, chosen, choose }: LaneChooserProps) {
  const lanes = [...(visit.rounds.at(-1) ?? [])].sort((a, b) => a.index - b.index);
  const shown = laneInView(visit, chosen);
  if (shown === undefined) {
    return null;
  }
  return (
    <select
      class="lane-choice"
      aria-label={`Iteration of ${visit.state}`}
      value={shown.index}
      onChange={(event) => choose(visit.id, Number(event.currentTarget.value))}
    >
      {lanes.map((lane) => (
        <option key={lane.index} value={lane.index}>
          {lane.index + 1} of {lanes.length} · {LANE_LOOKS[lane.status].word}
        </option>
      ))}
    </select>
  );
}

/** A line through the points with rounded corners. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) {
    return '';
  }
  const parts = [`M${first.x},${first.y}`];
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) {
      parts.push(`L${point.x},${point.y}`);
    } else {
      parts.push(`Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`);
    }
  });
  return parts.join(' ');
}

const ARROW = 6;

function arrowOf(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) {
    return '';
  }
  const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
  const at = (turn: number) => `${tip.x - ARROW * Math.cos(angle + turn)},${tip.y - ARROW * Math.sin(angle + turn)}`;
  return `M${at(0.5)} L${tip.x},${tip.y} L${at(-0.5)} Z`;
}
