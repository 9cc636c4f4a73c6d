import type { ApiResponse } from '@workflows/local-cloud/services';
import type { Outcome, StartPlan } from '../schedule/schedule';
import type { Item } from '../world/expressions';

/** The guarantees of the system: its invariants, and `contract` for what the API's description says beyond them. */
export const INVARIANTS = {
  'callback-kept': 'a callback that was answered 2xx is never lost: the workflow ends with that outcome',
  'first-outcome-wins': 'a task completes at most once; the first recorded outcome wins, everywhere it can be seen',
  'tokens-secret': 'no token appears in a log, an answer, a GET, or (the task token) in what the external service gets',
  'retry-keeps-token': 'a retry keeps the resume token and replaces the task token in one conditional write',
  'mapping-first': 'the mapping is stored before the external service is called',
  'always-ends': 'every workflow ends, in a named error or in the recorded outcome',
  'records-outlive': 'a record expires only after AWS has deleted its execution',
  'least-privilege': 'no function or state machine does anything that its role does not allow',
  contract: 'every response matches the OpenAPI description',
} as const;

export type Invariant = keyof typeof INVARIANTS;

export interface Violation {
  readonly invariant: Invariant;
  readonly what: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: ApiResponse['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** A callback that the API answered, whether or not the external service ever heard the answer. */
export interface CallbackEvidence {
  readonly taskId: string;
  readonly outcome: Outcome;
  readonly wrongToken: boolean;
  readonly atMs: number;
  readonly answer: Answer;
}

/** A start that the API answered, whether or not the client ever heard the answer. */
export interface StartEvidence {
  readonly plan: number;
  readonly start: StartPlan;
  readonly requestId: string;
  readonly answer: Answer;
}

export interface ExecutionEvidence {
  readonly arn: string;
  readonly name: string;
  readonly machine: string;
  /** `2`, or `2-0` for a composite's sub-workflow: which plan it belongs to. */
  readonly plan: string;
  /** JSON text. */
  readonly input: string;
  /** As it was in the end. */
  status: string;
  stopMs?: number;
  output?: string;
  error?: string;
  cause?: string;
  redriveCount: number;
}

/** Everything about a run that can be seen from outside. */
export class Evidence {
  readonly callbacks: CallbackEvidence[] = [];
  readonly starts: StartEvidence[] = [];
  readonly executions = new Map<string, ExecutionEvidence>();
  readonly violations: Violation[] = [];
  readonly taskTokens = new Set<string>();
  readonly resumeTokens = new Map<string, string>();
  /** Task ids whose closing event was given up by Lambda after its last retry. */
  readonly lostEvents = new Set<string>();
  readonly stopped = new Set<string>();
  log = '';
  /** After the end: the records, by table. */
  records: { readonly tasks: readonly Item[]; readonly names: readonly Item[] } = { tasks: [], names: [] };

  violate(invariant: Invariant, what: string): void {
    this.violations.push({ invariant, what });
  }

  /** The callbacks of a task that were answered 2xx, in the order of their answers. */
  accepted(taskId: string): CallbackEvidence[] {
    return this.callbacks.filter((it) => it.taskId === taskId && it.answer.status < 300);
  }

  workflows(): ExecutionEvidence[] {
    return [...this.executions.values()].filter(({ machine }) => machine.endsWith('-Workflow'));
  }
}
