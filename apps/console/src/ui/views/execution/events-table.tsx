import { useEffect, useState } from 'preact/hooks';
import type { EventsPage, TimelineEvent } from '../../../wire/types';
import { Empty } from '../../components/empty';
import { Payload } from '../../components/payload';
import { duration, instant, number } from '../../lib/format';
import { useData } from '../../lib/use-data';

const STEP = 100;
const TYPING_PAUSE_MS = 150;
const BAD = /Failed|TimedOut|Aborted/;
const GOOD = /Succeeded/;

export interface EventsTableProps {
  /** Of the execution's reads. */
  readonly path: string;
  /** Grows with every new event. */
  readonly version: number;
  readonly startedAt: number;
}

/** Every event, searched in all its fields on the server. */
export function EventsTable({ path, version, startedAt }: EventsTableProps) {
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState('');
  const [limit, setLimit] = useState(STEP);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query]);
  const search = new URLSearchParams({ q: asked, limit: String(limit), of: String(version) });
  const { value } = useData<EventsPage>(`${path}/events?${search}`);
  return (
    <section class="events" aria-label="Events">
      <div class="events-head">
        <h2 class="section">Events</h2>
        <label>
          <span class="label">Search in events and payloads</span>
          <input
            type="search"
            value={query}
            spellcheck={false}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
        </label>
        <span class="quiet" role="status">
          {value === undefined ? '' : `${number(value.matched)} of ${number(value.total)}`}
        </span>
      </div>
      {value?.matched === 0 ? <Empty heading="No events contain all these words" /> : null}
      {value === undefined || value.matched === 0 ? null : (
        <table class="rows">
          <thead>
            <tr>
              <th scope="col" class="right">
                #
              </th>
              <th scope="col">Event</th>
              <th scope="col">State</th>
              <th scope="col" class="right">
                At
              </th>
              <th scope="col" class="right">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {value.events.map((event) => (
              <EventRow key={event.id} event={event} startedAt={startedAt} />
            ))}
          </tbody>
        </table>
      )}
      {value !== undefined && value.events.length < value.matched ? (
        <button type="button" onClick={() => setLimit(Math.min(1000, limit + STEP * 2))} disabled={limit >= 1000}>
          {limit >= 1000 ? 'Search to see other events' : 'Show more'}
        </button>
      ) : null}
    </section>
  );
}

function EventRow({ event, startedAt }: { readonly event: TimelineEvent; readonly startedAt: number }) {
  const tone = BAD.test(event.type) ? 'tone-bad' : GOOD.test(event.type) ? 'tone-ok' : '';
  const { input, output, parameters, error, cause, ...rest } = event.details as Record<string, string | undefined>;
  return (
    <tr class={tone}>
      <td class="right num quiet">{event.id}</td>
      <td class="event-cell">
        <details>
          <summary>
            <span class="event-type">{event.type}</span>
            {error === undefined ? null : <span class="event-error"> {error}</span>}
          </summary>
          <Payload label="Input" text={input} />
          <Payload label="Parameters" text={parameters} />
          <Payload label="Output" text={output} />
          <Payload label="Cause" text={cause} />
          {Object.keys(rest).length === 0 ? null : <Payload label="Details" text={JSON.stringify(rest)} />}
        </details>
      </td>
      <td class="event-state">
        {event.state}
        {event.path.length === 0 ? null : <span class="quiet"> {event.path.join(' › ')}</span>}
      </td>
      <td class="right num" title={instant(event.at)}>
        +{duration(event.at - startedAt)}
      </td>
      <td class="right num quiet">{duration(event.sincePreviousMs)}</td>
    </tr>
  );
}
