import { useEffect } from 'preact/hooks';
import type { WaitingTask, WaitingView } from '../../../wire/types';
import { AnswerPanel } from '../../components/answer-panel';
import { OtherAnswers } from '../../components/answers-given';
import { Deadlines } from '../../components/deadlines';
import { Empty } from '../../components/empty';
import { FailureNotice } from '../../components/failure-notice';
import { Lasting } from '../../components/time';
import { Title } from '../../components/title';
import { executionHref } from '../../lib/api';
import { setClock } from '../../lib/clock';
import { number } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useData } from '../../lib/use-data';

export function WaitingPage() {
  const { value, error } = useData<WaitingView>('/api/waiting', ['waiting']);
  const session = useSession();
  useEffect(() => {
    if (value !== undefined) {
      setClock(value.now);
    }
  }, [value]);
  return (
    <>
      <div class="page-head">
        <Title text="Waiting" />
      </div>
      <p class="lead">
        States that wait for a callback, a sub-workflow, a timer or a retry. The longest wait comes first.
      </p>
      <FailureNotice error={error} />
      {value?.tasks.length === 0 ? (
        <Empty heading="Nothing is waiting">
          <a href="/start?pattern=task&outcome=silent">Start a task whose service stays silent</a>. It appears here and
          waits for an answer.
        </Empty>
      ) : null}
      {session?.answers.reason !== undefined && value !== undefined && value.tasks.length > 0 ? (
        <p class="notice">{session.answers.reason}</p>
      ) : null}
      <ul class="cards">
        {value?.tasks.map((task) => (
          <li key={`${task.execution.arn}#${task.wait.visit}`} class="card">
            <Task task={task} />
          </li>
        ))}
      </ul>
      <OtherAnswers shown={new Set(value?.tasks.map((task) => task.execution.name))} />
      {value !== undefined && value.unseen > 0 ? (
        <p class="quiet">{number(value.unseen)} more executions are running; these are the oldest.</p>
      ) : null}
    </>
  );
}

function Task({ task: { execution, wait, forWhom, answerable } }: { readonly task: WaitingTask }) {
  return (
    <article>
      <header class="card-head">
        <h2>
          <a class="mono" href={executionHref(execution)}>
            {execution.name}
          </a>
        </h2>
        <span class="quiet">{execution.stateMachine}</span>
      </header>
      <dl class="facts">
        <div>
          <dt>Waits for</dt>
          <dd>{forWhom}</dd>
        </div>
        <div>
          <dt>In state</dt>
          <dd>{wait.state}</dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>
            <Lasting from={wait.since} to={undefined} />
          </dd>
        </div>
        <div>
          <dt>Attempt</dt>
          <dd class="num">{wait.attempt}</dd>
        </div>
      </dl>
      <Deadlines wait={wait} />
      {answerable ? <AnswerPanel taskId={execution.name} execution={execution} /> : null}
    </article>
  );
}
