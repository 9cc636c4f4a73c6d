import type { ComponentType } from 'preact';
import { useLocation } from 'preact-iso';
import type { Pattern, SessionView } from '../../../wire/types';
import { Title } from '../../components/title';
import { useSession } from '../../lib/session';
import { CompositeForm, IdempotentForm, LambdaForm } from './other-forms';
import { TaskForm } from './task-form';

interface Entry {
  readonly pattern: Pattern;
  readonly name: string;
  readonly about: string;
  readonly Form: ComponentType;
}

const PATTERNS: readonly Entry[] = [
  {
    pattern: 'task',
    name: 'Asynchronous task',
    about: 'Asks an external service, and waits for its callback.',
    Form: TaskForm,
  },
  {
    pattern: 'composite',
    name: 'Composite workflow',
    about: 'One sub-workflow for each name, all at the same time.',
    Form: CompositeForm,
  },
  {
    pattern: 'idempotent',
    name: 'Idempotent start',
    about: 'The same name and input start once, however often they are sent.',
    Form: IdempotentForm,
  },
  {
    pattern: 'lambda',
    name: 'Lambda workflow',
    about: 'A function makes numbers, and a Map works on each of them.',
    Form: LambdaForm,
  },
];

export function StartPage() {
  const { query } = useLocation();
  const session = useSession();
  const chosen = PATTERNS.find((it) => it.pattern === query.pattern) ?? PATTERNS[0];
  if (session === undefined || chosen === undefined) {
    return null;
  }
  return (
    <>
      <div class="page-head">
        <Title text="Start" />
      </div>
      <nav class="patterns" aria-label="Patterns">
        {PATTERNS.map(({ pattern, name, about }) => (
          <a
            key={pattern}
            href={`/start?pattern=${pattern}`}
            class="pattern"
            aria-current={pattern === chosen.pattern ? 'true' : undefined}
          >
            <strong>{name}</strong>
            <span class="quiet">{about}</span>
          </a>
        ))}
      </nav>
      <Chosen entry={chosen} session={session} />
    </>
  );
}

function Chosen({ entry: { pattern, Form, name }, session }: { readonly entry: Entry; readonly session: SessionView }) {
  const { available, reason } = session.patterns[pattern];
  return (
    <section class="card" aria-label={name}>
      {available ? <Form key={pattern} /> : <p class="notice">{reason}</p>}
    </section>
  );
}
