import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { ExecutionView } from '../../../wire/types';
import { Empty } from '../../components/empty';
import { FailureNotice } from '../../components/failure-notice';
import { Payload } from '../../components/payload';
import { Status } from '../../components/status';
import { Lasting } from '../../components/time';
import { Title } from '../../components/title';
import { executionHref, executionPath } from '../../lib/api';
import { setClock } from '../../lib/clock';
import { instant } from '../../lib/format';
import { follow } from '../../lib/live';
import { EXECUTION_LOOKS } from '../../lib/status';
import { useData } from '../../lib/use-data';
import { EventsTable } from './events-table';
import { Gantt } from './gantt';
import type { ChosenLanes } from './in-view';
import { StandingCard } from './standing-card';
import { StateGraph } from './state-graph';
import { StatePanel } from './state-panel';

export function ExecutionPage() {
  const { params } = useRoute();
  const key = { stateMachine: params.stateMachine ?? '', name: params.name ?? '' };
  const { value, error } = useData<ExecutionView>(executionPath(key), ['execution']);
  const id = `${key.stateMachine}/${key.name}`;

  useEffect(() => {
    follow(key);
    return () => follow(undefined);
  }, [id]);
  useEffect(() => {
    if (value !== undefined) {
      setClock(value.now);
    }
  }, [value]);

  if (value === undefined && error !== undefined) {
    return (
      <>
        <Title text={key.name} />
        <Empty heading={error.status === 404 ? 'Execution not found' : 'The execution cannot be shown'}>
          {error.message} Back to <a href="/">the executions</a>.
        </Empty>
      </>
    );
  }
  if (value === undefined) {
    return <Title text={key.name} />;
  }
  return <Shown key={id} view={value} error={error} />;
}

function Shown({
  view,
  error,
}: {
  readonly view: ExecutionView;
  readonly error: Parameters<typeof FailureNotice>[0]['error'];
}) {
  const [picked, setPicked] = useState<string | undefined>(undefined);
  const [lanes, setLanes] = useState<ChosenLanes>(new Map());
  const chosen = picked ?? interesting(view);
  const chooseLane = (visit: number, index: number) => setLanes(new Map(lanes).set(visit, index));
  return (
    <>
      <Head view={view} />
      <FailureNotice error={error} />
      <StandingCard view={view} choose={setPicked} />
      <div class="machine">
        <StateGraph
          graph={view.graph}
          visits={view.visits}
          chosenState={chosen}
          chooseState={setPicked}
          chosenLanes={lanes}
          chooseLane={chooseLane}
        />
        <StatePanel view={view} state={chosen} lanes={lanes} chooseLane={chooseLane} chooseState={setPicked} />
      </div>
      <Gantt view={view} choose={setPicked} />
      <section class="in-out" aria-label="Input and output">
        <Payload label="Input" text={view.input} />
        <Payload label="Output" text={view.output} />
      </section>
      <EventsTable path={executionPath(view.execution)} version={view.events} startedAt={view.execution.startDate} />
    </>
  );
}

function Head({ view: { execution, parent, redriveCount } }: { readonly view: ExecutionView }) {
  return (
    <header class="execution-head">
      <nav aria-label="Path" class="crumbs">
        <a href="/">Executions</a>
        <span aria-hidden="true">/</span>
        <a href={`/?machine=${encodeURIComponent(execution.stateMachine)}`}>{execution.stateMachine}</a>
        {parent === undefined ? null : (
          <a class="crumb-parent" href={executionHref(parent)}>
            ↑ started by {parent.name}
          </a>
        )}
      </nav>
      <div class="page-head">
        <Title text={execution.name} />
        <Status look={EXECUTION_LOOKS[execution.status]} />
      </div>
      <p class="quiet">
        Started {instant(execution.startDate)} · {execution.stopDate === undefined ? 'running for' : 'took'}{' '}
        <Lasting from={execution.startDate} to={execution.stopDate} />
        {redriveCount > 0 ? ` · redriven ${redriveCount}×` : ''}
      </p>
    </header>
  );
}

/** The initially selected state: the one that failed or waits, else the last one that did work. */
function interesting(view: ExecutionView): string | undefined {
  const worked = view.visits.findLast((visit) => visit.attempts.length > 0 || visit.rounds.length > 0);
  return view.failure?.state ?? view.waits[0]?.state ?? worked?.state ?? view.visits.at(-1)?.state;
}
