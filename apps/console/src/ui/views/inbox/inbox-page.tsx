import { useEffect } from 'preact/hooks';
import type { InboxRequest, InboxView } from '../../../wire/types';
import { AnswerPanel } from '../../components/answer-panel';
import { AnswersGiven } from '../../components/answers-given';
import { Deadlines } from '../../components/deadlines';
import { Empty } from '../../components/empty';
import { FailureNotice } from '../../components/failure-notice';
import { Payload } from '../../components/payload';
import { Status } from '../../components/status';
import { Ago } from '../../components/time';
import { Title } from '../../components/title';
import { executionHref } from '../../lib/api';
import { setClock } from '../../lib/clock';
import { useSession } from '../../lib/session';
import { EXECUTION_LOOKS, VISIT_LOOKS } from '../../lib/status';
import { useData } from '../../lib/use-data';

export function InboxPage() {
  const { value, error } = useData<InboxView>('/api/inbox', ['inbox', 'waiting']);
  const session = useSession();
  useEffect(() => {
    if (value !== undefined) {
      setClock(value.now);
    }
  }, [value]);
  const open = value?.requests.filter((it) => it.wait !== undefined) ?? [];
  const over = value?.requests.filter((it) => it.wait === undefined) ?? [];
  return (
    <>
      <div class="page-head">
        <Title text="Inbox" />
        <a class="button primary" href="/start?pattern=task">
          Start a task
        </a>
      </div>
      <p class="lead">
        {session?.manual
          ? 'You are the external service. Workflows send their requests here and wait for your answers.'
          : 'Requests that the mock external service received. The mock answers them, unless its outcome is “silent”.'}
      </p>
      <FailureNotice error={error} />
      {value?.requests.length === 0 ? (
        <Empty heading="No requests yet">
          <a href="/start?pattern=task">Start a task</a>. Its request appears here.
        </Empty>
      ) : null}
      <Requests heading="Waiting for your answer" requests={open} />
      <Requests heading="Ended" requests={over} />
    </>
  );
}

function Requests({ heading, requests }: { readonly heading: string; readonly requests: readonly InboxRequest[] }) {
  if (requests.length === 0) {
    return null;
  }
  return (
    <section aria-label={heading}>
      <h2 class="section">{heading}</h2>
      <ul class="cards">
        {requests.map((request) => (
          <li key={request.id} class="card">
            <Request request={request} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Request({
  request: { id, received, receivedAt, payload, status, execution, wait },
}: {
  readonly request: InboxRequest;
}) {
  const look = wait === undefined ? EXECUTION_LOOKS[status as 'RUNNING'] : VISIT_LOOKS.waiting;
  return (
    <article>
      <header class="card-head">
        <h3>
          {execution === undefined ? (
            <span class="mono">{id}</span>
          ) : (
            <a class="mono" href={executionHref(execution)}>
              {id}
            </a>
          )}
        </h3>
        {look === undefined ? null : <Status look={look} />}
        <span class="quiet">
          received <Ago at={receivedAt} />
          {received > 1 ? `, ${received} times` : ''}
        </span>
      </header>
      <Payload label="Request" text={payload} />
      {wait === undefined ? null : <Deadlines wait={wait} />}
      {wait === undefined ? <AnswersGiven taskId={id} /> : <AnswerPanel taskId={id} execution={execution} />}
    </article>
  );
}
