import { useState } from 'preact/hooks';
import type { AnswerAction, AnswerResult, ExecutionKey } from '../../wire/types';
import { keepAnswer } from '../lib/answers';
import { ApiError, postJson } from '../lib/api';
import { AnswersGiven } from './answers-given';
import { JsonField, parseJson } from './json-field';

interface Choice {
  readonly action: AnswerAction;
  readonly label: string;
  readonly hint: string;
  readonly style?: string;
}

const ANSWERS: readonly Choice[] = [
  { action: 'succeed', label: 'Succeed', hint: 'Calls back with the data below', style: 'ok' },
  { action: 'fail', label: 'Fail', hint: 'Calls back with the error below', style: 'bad' },
  { action: 'heartbeat', label: 'Heartbeat', hint: 'Reports that the task is still in progress' },
];
const TRICKS: readonly Choice[] = [
  { action: 'answer-twice', label: 'Answer twice', hint: 'Sends the same success twice: both are accepted' },
  {
    action: 'contradict',
    label: 'Contradict yourself',
    hint: 'Sends a success, then a failure: the failure is rejected with 409',
  },
  { action: 'wrong-token', label: 'Use a wrong token', hint: 'Sends a wrong token: it is rejected with 403' },
];

export interface AnswerPanelProps {
  readonly taskId: string;
  readonly execution: ExecutionKey | undefined;
}

/** Answers a task in the external service's name, and shows what the API said to each call. */
export function AnswerPanel({ taskId, execution }: AnswerPanelProps) {
  const [data, setData] = useState('{"approved": true}');
  const [error, setError] = useState('OutOfStock');
  const [cause, setCause] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  const send = async (action: AnswerAction) => {
    const parsed = parseJson(data);
    if (parsed === undefined && action !== 'fail' && action !== 'heartbeat') {
      setProblem('The data is not valid JSON.');
      return;
    }
    setBusy(true);
    setProblem('');
    try {
      const body = { action, data: parsed?.value, ...(error ? { error } : {}), ...(cause ? { cause } : {}) };
      const result = await postJson<AnswerResult>(`/api/tasks/${encodeURIComponent(taskId)}/answers`, body);
      keepAnswer(taskId, { execution, calls: result.calls });
    } catch (thrown) {
      setProblem(thrown instanceof ApiError ? thrown.message : String(thrown));
    }
    setBusy(false);
  };

  return (
    <section class="answer" aria-label={`Answer ${taskId}`}>
      <div class="answer-buttons">
        {ANSWERS.map((choice) => (
          <button
            key={choice.action}
            type="button"
            class={choice.style}
            title={choice.hint}
            disabled={busy}
            onClick={() => void send(choice.action)}
          >
            {choice.label}
          </button>
        ))}
        <details class="tricks">
          <summary>What if…</summary>
          <ul>
            {TRICKS.map((choice) => (
              <li key={choice.action}>
                <button type="button" disabled={busy} onClick={() => void send(choice.action)}>
                  {choice.label}
                </button>
                <span class="quiet">{choice.hint}</span>
              </li>
            ))}
          </ul>
        </details>
      </div>
      <details class="answer-content">
        <summary>Content of the answer</summary>
        <JsonField label="Data, for a success (JSON)" value={data} set={setData} />
        <label>
          <span class="label">Error, for a failure</span>
          <input value={error} onInput={(event) => setError(event.currentTarget.value)} />
        </label>
        <label>
          <span class="label">Cause, for a failure</span>
          <input value={cause} onInput={(event) => setCause(event.currentTarget.value)} />
        </label>
      </details>
      <div role="alert">{problem === '' ? null : <p class="notice tone-bad">{problem}</p>}</div>
      <AnswersGiven taskId={taskId} />
    </section>
  );
}
