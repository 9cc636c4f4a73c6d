/** What the mock external service can be told to do, in the `mock` member of a workflow's input. */
export interface Behaviour {
  readonly outcome: Outcome;
  readonly delaySeconds: number;
  readonly duplicates: number;
  readonly heartbeats: number;
  readonly conflicting: boolean;
  readonly wrongToken: boolean;
  /** JSON text, sent back with a success. */
  readonly data: string;
}

export type Outcome = 'succeed' | 'fail' | 'silent' | 'reject' | 'flaky';

export const OUTCOMES: readonly { readonly outcome: Outcome; readonly label: string; readonly hint: string }[] = [
  { outcome: 'succeed', label: 'Succeeds', hint: 'Calls back with a success.' },
  { outcome: 'fail', label: 'Fails', hint: 'Calls back with a failure: the workflow ends FAILED with its error.' },
  {
    outcome: 'silent',
    label: 'Stays silent',
    hint: 'Accepts the task and never calls back: answer it yourself, or see it time out.',
  },
  { outcome: 'reject', label: 'Rejects', hint: 'Refuses the request with a 4xx: the workflow fails at once.' },
  { outcome: 'flaky', label: 'Is flaky', hint: 'Is unavailable at first, then succeeds: see the retries.' },
];

/** What is left to the mock when a person answers in its place. */
const BEFORE_ANSWERING: readonly Outcome[] = ['silent', 'reject', 'flaky'];

/** The outcomes to choose from. With a person in the mock's place, `silent` is that person. */
export function outcomesFor(manual: boolean): typeof OUTCOMES {
  if (!manual) return OUTCOMES;
  const you = { label: 'Is you', hint: 'The request arrives in the inbox, for you to answer.' };
  return OUTCOMES.filter((it) => BEFORE_ANSWERING.includes(it.outcome)).map((it) =>
    it.outcome === 'silent' ? { ...it, ...you } : it,
  );
}

export const INITIAL: Behaviour = {
  outcome: 'succeed',
  delaySeconds: 3,
  duplicates: 0,
  heartbeats: 0,
  conflicting: false,
  wrongToken: false,
  data: '{"approved": true}',
};

const callsBack = (outcome: Outcome) => outcome === 'succeed' || outcome === 'fail' || outcome === 'flaky';

/** Which settings mean something with an outcome; the mock refuses the others. */
export function settingsFor(outcome: Outcome) {
  const answers = callsBack(outcome);
  const accepts = answers || outcome === 'silent';
  return {
    delay: answers,
    data: outcome === 'succeed' || outcome === 'flaky',
    duplicates: answers,
    conflicting: answers,
    heartbeats: accepts,
    wrongToken: accepts,
  };
}

/** The `mock` member, with only what differs from its defaults. */
export function mockOf(behaviour: Behaviour, data: unknown): Readonly<Record<string, unknown>> {
  const uses = settingsFor(behaviour.outcome);
  return {
    outcome: behaviour.outcome,
    ...(uses.delay && behaviour.delaySeconds > 0 ? { delayMs: Math.round(behaviour.delaySeconds * 1000) } : {}),
    ...(uses.data && data !== undefined ? { data } : {}),
    ...(uses.duplicates && behaviour.duplicates > 0 ? { duplicates: behaviour.duplicates } : {}),
    ...(uses.heartbeats && behaviour.heartbeats > 0 ? { heartbeats: behaviour.heartbeats } : {}),
    ...(uses.conflicting && behaviour.conflicting ? { conflicting: true } : {}),
    ...(uses.wrongToken && behaviour.wrongToken ? { wrongToken: true } : {}),
  };
}
