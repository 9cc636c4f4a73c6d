import type { Attempt, ExecutionView, Visit } from '../../../wire/types';
import { Payload } from '../../components/payload';
import { Status } from '../../components/status';
import { Lasting } from '../../components/time';
import { duration, messageOfCause } from '../../lib/format';
import { LANE_LOOKS, VISIT_LOOKS } from '../../lib/status';
import { childHref } from './child-href';
import { type ChosenLanes, inView, laneInView } from './in-view';

export interface StatePanelProps {
  readonly view: ExecutionView;
  readonly state: string | undefined;
  readonly lanes: ChosenLanes;
  readonly chooseLane: (visit: number, index: number) => void;
  readonly chooseState: (state: string) => void;
}

/** What happened in the chosen state: attempts, payloads, error; iterations of a Map. */
export function StatePanel({ view, state, lanes, chooseLane, chooseState }: StatePanelProps) {
  const node = view.graph.nodes.find((it) => it.name === state);
  if (node === undefined) {
    return null;
  }
  const shown = inView(view.visits, lanes);
  const visit = shown.visits.get(node.name);
  return (
    <section class="panel" aria-label={`State ${node.name}`}>
      <header class="card-head">
        <h2>{node.name}</h2>
        {visit === undefined ? null : <Status look={VISIT_LOOKS[visit.status]} />}
      </header>
      <p class="quiet">
        {node.type}
        {node.comment === undefined ? '' : ` · ${node.comment}`}
      </p>
      {visit === undefined ? (
        <p class="quiet">This state was not entered.</p>
      ) : (
        <VisitFacts visit={visit} lanes={lanes} chooseLane={chooseLane} chooseState={chooseState} />
      )}
    </section>
  );
}

type VisitFactsProps = Omit<StatePanelProps, 'view' | 'state'> & { readonly visit: Visit };

function VisitFacts({ visit, lanes, chooseLane, chooseState }: VisitFactsProps) {
  return (
    <>
      <p class="quiet">
        {visit.exitedAt === undefined ? 'In this state for' : 'Took'}{' '}
        <Lasting from={visit.enteredAt} to={visit.exitedAt} />
      </p>
      {visit.error === undefined ? null : (
        <p class="notice tone-bad">
          <strong>{visit.error}</strong>
        </p>
      )}
      <Payload label="Cause" text={visit.cause} />
      {visit.type === 'Map' ? (
        <Lanes visit={visit} chosen={lanes} choose={chooseLane} chooseState={chooseState} />
      ) : null}
      {visit.attempts.length === 0 ? null : (
        <ol class="attempts" aria-label="Attempts">
          {visit.attempts.toReversed().map((attempt) => (
            <AttemptFacts key={attempt.number} attempt={attempt} />
          ))}
        </ol>
      )}
      <Payload label="Input" text={visit.input} />
      <Payload label="Output" text={visit.output} />
      {visit.assigned === undefined ? null : <Payload label="Variables" text={variablesText(visit.assigned)} />}
    </>
  );
}

function AttemptFacts({ attempt }: { readonly attempt: Attempt }) {
  const child = childHref(attempt.childExecutionArn);
  return (
    <li class="attempt">
      <header class="card-head">
        <h3>Attempt {attempt.number}</h3>
        <Status look={VISIT_LOOKS[attempt.status]} small />
        <span class="quiet">
          <Lasting from={attempt.scheduledAt} to={attempt.endedAt} />
        </span>
      </header>
      <p class="quiet">
        {attempt.resourceType}:{attempt.resource}
        {attempt.target === undefined ? '' : ` → ${attempt.target}`}
        {attempt.timeoutSeconds === undefined ? '' : ` · timeout ${duration(attempt.timeoutSeconds * 1000)}`}
        {attempt.heartbeatSeconds === undefined ? '' : ` · heartbeat ${duration(attempt.heartbeatSeconds * 1000)}`}
      </p>
      {child === undefined ? null : (
        <p>
          <a href={child}>Open the sub-workflow →</a>
        </p>
      )}
      {attempt.error === undefined ? null : (
        <p class="notice tone-bad">
          <strong>{attempt.error}</strong> {messageOfCause(attempt.cause ?? '')}
        </p>
      )}
      <details>
        <summary>Parameters and result</summary>
        <Payload label="Parameters" text={attempt.parameters} />
        <Payload label="Result" text={attempt.output} />
      </details>
    </li>
  );
}

interface LanesProps {
  readonly visit: Visit;
  readonly chosen: ChosenLanes;
  readonly choose: (visit: number, index: number) => void;
  readonly chooseState: (state: string) => void;
}

/** The iterations of a Map, each a button that shows it in the graph. */
function Lanes({ visit, chosen, choose, chooseState }: LanesProps) {
  const lanes = [...(visit.rounds.at(-1) ?? [])].sort((a, b) => a.index - b.index);
  const shown = laneInView(visit, chosen);
  const done = lanes.filter((lane) => lane.status === 'succeeded').length;
  return (
    <section aria-label="Iterations" class="lanes">
      <p class="quiet">
        {done} of {lanes.length} iterations succeeded
        {visit.rounds.length > 1 ? `, in attempt ${visit.rounds.length}` : ''}. Select an iteration to show it in the
        graph.
      </p>
      <div class="lane-buttons">
        {lanes.map((lane) => (
          <button
            key={lane.index}
            type="button"
            class={`lane tone-${LANE_LOOKS[lane.status].tone}`}
            aria-pressed={lane === shown}
            aria-label={`Iteration ${lane.index + 1}: ${LANE_LOOKS[lane.status].word}`}
            onClick={() => choose(visit.id, lane.index)}
          >
            {lane.index + 1}
          </button>
        ))}
      </div>
      {shown === undefined ? null : (
        <ul class="lane-states">
          {shown.visits.map((inner) => {
            const child = childHref(inner.attempts.at(-1)?.childExecutionArn);
            return (
              <li key={inner.id}>
                <button type="button" class="link" onClick={() => chooseState(inner.state)}>
                  {inner.state}
                </button>
                <Status look={VISIT_LOOKS[inner.status]} small />
                {child === undefined ? null : <a href={child}>Open the sub-workflow →</a>}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

/** Variables as one JSON object; each is JSON text of its own. */
function variablesText(assigned: Readonly<Record<string, string>>): string {
  const members = Object.entries(assigned).map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  return `{${members.join(',')}}`;
}
