import { PATTERNS, type Pattern, type PatternId } from '@workflows/contract';
import type { ComponentType } from 'preact';
import { useLocation } from 'preact-iso';
import type { SessionView } from '../../../wire/types';
import { Title } from '../../components/title';
import { useSession } from '../../lib/session';
import { ExampleForm } from './example-form';
import { CompositeForm, IdempotentForm, LambdaForm } from './other-forms';
import { TaskForm } from './task-form';

/** The form of each pattern; one without a form of its own is started with its input as JSON. */
const FORMS: Readonly<Partial<Record<PatternId, ComponentType>>> = {
  task: TaskForm,
  composite: CompositeForm,
  idempotent: IdempotentForm,
  lambda: LambdaForm,
};

export function StartPage() {
  const { query } = useLocation();
  const session = useSession();
  const chosen = PATTERNS.find(({ id }) => id === (query.pattern ?? 'task')) ?? PATTERNS[0];
  if (session === undefined || chosen === undefined) {
    return null;
  }
  return (
    <>
      <div class="page-head">
        <Title text="Start" />
      </div>
      <nav class="patterns" aria-label="Patterns">
        {PATTERNS.map(({ id, title, description }) => (
          <a
            key={id}
            href={`/start?pattern=${id}`}
            class="pattern"
            aria-current={id === chosen.id ? 'true' : undefined}
          >
            <strong>{title}</strong>
            <span class="quiet">{description}</span>
          </a>
        ))}
      </nav>
      <Chosen pattern={chosen} session={session} />
    </>
  );
}

interface ChosenProps {
  readonly pattern: Pattern;
  readonly session: SessionView;
}

function Chosen({ pattern: { id, title, example }, session }: ChosenProps) {
  const { available, reason } = session.patterns[id];
  const Form = FORMS[id];
  return (
    <section class="card" aria-label={title}>
      {!available && <p class="notice">{reason}</p>}
      {available && (Form === undefined ? <ExampleForm key={id} id={id} example={example} /> : <Form key={id} />)}
    </section>
  );
}
