import type { MadeCall } from '../../wire/types';
import { answers } from '../lib/answers';
import { executionHref } from '../lib/api';
import { Payload } from './payload';

/** What the API said to each call that answered this task. */
export function AnswersGiven({ taskId }: { readonly taskId: string }) {
  const calls = answers.value.get(taskId)?.calls ?? [];
  return (
    <div aria-live="polite">
      {calls.map((call, index) => (
        <Made key={index} call={call} />
      ))}
    </div>
  );
}

/** The same for the tasks that are not shown any more. */
export function OtherAnswers({ shown }: { readonly shown: ReadonlySet<string> }) {
  const others = [...answers.value].filter(([taskId]) => !shown.has(taskId)).reverse();
  if (others.length === 0) {
    return null;
  }
  return (
    <section aria-label="Answers sent from this page">
      <h2 class="section">Answers sent from this page</h2>
      <ul class="cards">
        {others.map(([taskId, { execution }]) => (
          <li key={taskId} class="card">
            {execution === undefined ? (
              <span class="mono">{taskId}</span>
            ) : (
              <a class="mono" href={executionHref(execution)}>
                {taskId}
              </a>
            )}
            <AnswersGiven taskId={taskId} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Made({ call }: { readonly call: MadeCall }) {
  return (
    <div class="made">
      <p>
        <code>{call.call}</code> <span class={`status tone-${call.status < 400 ? 'ok' : 'bad'}`}>{call.status}</span>
      </p>
      {call.body === '' ? null : <Payload label="Answer" text={call.body} />}
    </div>
  );
}
