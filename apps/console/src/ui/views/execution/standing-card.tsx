import type { ExecutionView } from '../../../wire/types';
import { AnswerPanel } from '../../components/answer-panel';
import { AnswersGiven } from '../../components/answers-given';
import { Deadlines } from '../../components/deadlines';
import { Payload } from '../../components/payload';
import { Countdown } from '../../components/time';
import { messageOfCause } from '../../lib/format';
import { useSession } from '../../lib/session';

const TONES = {
  RUNNING: 'run',
  SUCCEEDED: 'ok',
  FAILED: 'bad',
  TIMED_OUT: 'late',
  ABORTED: 'off',
  PENDING_REDRIVE: 'mend',
};

export interface StandingCardProps {
  readonly view: ExecutionView;
  readonly choose: (state: string) => void;
}

/** Why the execution is as it is, and what happens next: the first thing to read. */
export function StandingCard({ view, choose }: StandingCardProps) {
  const { standing, execution, failure, waits, record } = view;
  const session = useSession();
  const wait = waits.find((it) => it.kind !== 'sub-workflow');
  const tone = wait === undefined ? TONES[execution.status] : 'wait';
  const answerable = wait?.kind === 'callback' && record?.status === 'PENDING' && session?.answers.available === true;
  return (
    <section class={`standing tone-${tone}`} aria-label="Status and next steps">
      <h2>{standing.headline}</h2>
      <p>
        {standing.why}{' '}
        {failure?.state === undefined ? null : (
          <button type="button" class="link" onClick={() => choose(failure.state ?? '')}>
            Show the state
          </button>
        )}
      </p>
      {failure?.cause === undefined ? null : <Payload label="Cause" text={messageOfCause(failure.cause)} />}
      {wait === undefined ? null : <Deadlines wait={wait} />}
      {execution.status === 'SUCCEEDED' ? null : (
        <ul class="next">
          {standing.next.map((step) => (
            <li key={step.what}>
              {step.what} {step.at === undefined || wait !== undefined ? null : <Countdown at={step.at} />}
            </li>
          ))}
        </ul>
      )}
      {answerable ? (
        <AnswerPanel taskId={execution.name} execution={execution} />
      ) : (
        <AnswersGiven taskId={execution.name} />
      )}
    </section>
  );
}
