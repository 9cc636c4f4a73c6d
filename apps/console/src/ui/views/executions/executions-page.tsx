import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { ExecutionsPage as Page } from '../../../wire/types';
import { Empty } from '../../components/empty';
import { FailureNotice } from '../../components/failure-notice';
import { Title } from '../../components/title';
import { number } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useData } from '../../lib/use-data';
import { ExecutionTable } from './execution-table';
import { type Filters, hrefOf, parametersOf, readFilters } from './filters';
import { Pager } from './pager';
import { StatusFilter } from './status-filter';

const SIZE = 50;
const TYPING_PAUSE_MS = 200;

export function ExecutionsPage() {
  const { query, route } = useLocation();
  const filters = readFilters(query);
  const set = (change: Partial<Filters>) => route(hrefOf({ ...filters, page: 1, ...change }), true);
  const { value, error } = useData<Page>(`/api/executions?${searchOf(filters)}`, ['executions']);
  return (
    <>
      <div class="page-head">
        <Title text="Executions" />
        <a class="button primary" href="/start">
          Start one
        </a>
      </div>
      <search class="filters">
        <StatusFilter counts={value?.counts} chosen={filters.status} choose={(status) => set({ status })} />
        <div class="filter-fields">
          <NameFilter name={filters.name} choose={(name) => set({ name })} />
          <MachineFilter chosen={filters.machine} choose={(machine) => set({ machine })} />
        </div>
      </search>
      <FailureNotice error={error} />
      {value === undefined ? null : (
        <>
          <p class="unseen" aria-live="polite">
            {number(value.matched)} executions match
          </p>
          {value.executions.length === 0 ? (
            <NothingToShow filtered={isFiltered(filters)} clear={() => route('/', true)} />
          ) : (
            <ExecutionTable rows={value.executions} />
          )}
          <Pager page={value} go={(page) => set({ page })} />
        </>
      )}
    </>
  );
}

function searchOf(filters: Filters): string {
  const { machine: stateMachine, ...rest } = parametersOf(filters);
  return new URLSearchParams({
    page: String(filters.page),
    size: String(SIZE),
    ...rest,
    ...(stateMachine === undefined ? {} : { stateMachine }),
  }).toString();
}

const isFiltered = (filters: Filters) => Object.keys(parametersOf(filters)).length > 0;

function NameFilter({ name, choose }: { readonly name: string; readonly choose: (name: string) => void }) {
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  useEffect(() => {
    if (typed === name) {
      return undefined;
    }
    const timer = setTimeout(() => choose(typed), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label>
      <span class="label">Name contains</span>
      <input type="search" value={typed} spellcheck={false} onInput={(event) => setTyped(event.currentTarget.value)} />
    </label>
  );
}

function MachineFilter({ chosen, choose }: { readonly chosen: string; readonly choose: (name: string) => void }) {
  const session = useSession();
  return (
    <label>
      <span class="label">State machine</span>
      <select value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">All</option>
        {session?.stateMachines.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function NothingToShow({ filtered, clear }: { readonly filtered: boolean; readonly clear: () => void }) {
  if (filtered) {
    return (
      <Empty heading="No executions match">
        <button type="button" onClick={clear}>
          Show all executions
        </button>
      </Empty>
    );
  }
  return (
    <Empty heading="No executions yet">
      <a href="/start">Start a pattern</a>. Its execution appears here.
    </Empty>
  );
}
