/** Settings of the mock external service, in the `mock` field of a workflow's input. */
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
  { outcome: 'fail', label: 'Fails', hint: 'Calls back with a failure. The workflow ends FAILED with that error.' },
  {
    outcome: 'silent',
    label: 'Stays silent',
    hint: 'Accepts the task and never calls back. Answer it yourself, or watch it time out.',
  },
  {
    outcome: 'reject',
    label: 'Rejects',
    hint: 'Rejects the request with a 4xx status. The workflow fails immediately.',
  },
  { outcome: 'flaky', label: 'Is flaky', hint: 'Is unavailable at first, then succeeds after retries.' },
];

/** Outcomes that remain for the mock when a person answers the tasks: how it accepts the request. */
const TAKING: Partial<Record<Outcome, { readonly label: string; readonly hint: string }>> = {
  silent: { label: 'Is you', hint: 'The request appears in the inbox. You answer it.' },
  reject: { label: 'Rejects', hint: 'Rejects the request with a 4xx status. The workflow fails immediately.' },
  flaky: { label: 'Is flaky', hint: 'Is unavailable at first. After some retries the request appears in the inbox.' },
};

/** The outcomes to choose from. */
export function outcomesFor(manual: boolean): typeof OUTCOMES {
  if (!manual) {
    return OUTCOMES;
  }
  return OUTCOMES.flatMap(({ outcome }) => {
    const taking = TAKING[outcome];
    return taking === undefined ? [] : { outcome, ...taking };
  });
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

/** Which settings mean something with an outcome; the mock refuses the others. None do when a person answers. */
export function settingsFor(outcome: Outcome, manual: boolean) {
  const answers = !manual && callsBack(outcome);
  const accepts = answers || (!manual && outcome === 'silent');
  return {
    delay: answers,
    data: answers && outcome !== 'fail',
    duplicates: answers,
    conflicting: answers,
    heartbeats: accepts,
    wrongToken: accepts,
  };
}

/** The `mock` member, with only what differs from its defaults. */
export function mockOf(behaviour: Behaviour, data: unknown, manual: boolean): Readonly<Record<string, unknown>> {
  const uses = settingsFor(behaviour.outcome, manual);
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
