/** What the server and the browser tell each other. Times are epoch milliseconds; payloads are JSON text without tokens. */
import type { PatternId } from '@workflows/contract';
import type {
  ExecutionStatus,
  ExecutionSummary,
  Failure,
  Graph,
  Standing,
  TaskRecord,
  TimelineEvent,
  Visit,
  Wait,
} from '@workflows/inspector';

export type { Attempt, GraphEdge, GraphNode, Lane, VisitStatus } from '@workflows/inspector';
export type { ExecutionStatus, ExecutionSummary, Failure, Graph, Standing, TaskRecord, TimelineEvent, Visit, Wait };

export interface SessionView {
  /** Changes when the server was started anew. */
  readonly instance: string;
  readonly target: { readonly kind: 'local' | 'aws'; readonly region: string; readonly account?: string };
  readonly stateMachines: readonly string[];
  /** Patterns that can be started, and for the others why not. */
  readonly patterns: Readonly<Record<PatternId, { readonly available: boolean; readonly reason?: string }>>;
  /** Whether this console may answer tasks in the external service's name. */
  readonly answers: { readonly available: boolean; readonly reason?: string };
  /** A person is the external service (`pnpm start --manual`). */
  readonly manual: boolean;
  readonly inbox: boolean;
  /** The newest executions of each state machine that are kept in sight. */
  readonly executionLimit: number;
}

export type StatusCounts = Readonly<Record<ExecutionStatus, number>>;

export interface ExecutionsPage {
  readonly executions: readonly ExecutionRow[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** How many match the filters. */
  readonly matched: number;
  /** By status, of those that match the other filters. */
  readonly counts: StatusCounts;
  /** True while older executions are still being read. */
  readonly loading: boolean;
}

export interface ExecutionRow extends ExecutionSummary {
  readonly stateMachine: string;
}

/** The path of an execution's page. */
export interface ExecutionKey {
  readonly stateMachine: string;
  readonly name: string;
}

export interface ExecutionView {
  readonly execution: ExecutionRow;
  readonly parent?: ExecutionKey;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  readonly standing: Standing;
  readonly failure?: Failure;
  readonly waits: readonly Wait[];
  readonly record?: TaskRecord;
  readonly graph: Graph;
  readonly visits: readonly Visit[];
  readonly events: number;
  /** The server's clock, for ages and countdowns. */
  readonly now: number;
}

export interface EventsPage {
  readonly events: readonly TimelineEvent[];
  readonly matched: number;
  readonly total: number;
}

export interface WaitingTask {
  readonly execution: ExecutionRow;
  readonly wait: Wait;
  /** Who has to answer. */
  readonly forWhom: string;
  /** True when the console can answer it. */
  readonly answerable: boolean;
}

export interface WaitingView {
  readonly tasks: readonly WaitingTask[];
  /** Running executions that were not looked into, because there are too many. */
  readonly unseen: number;
  readonly now: number;
}

/** A request that the mock external service received. Its resume token stays on the server. */
export interface InboxRequest {
  readonly id: string;
  /** How often it came; more than once after a retry. */
  readonly received: number;
  readonly receivedAt: number;
  readonly payload: string;
  /** The task's status as far as it is known. */
  readonly status?: string;
  readonly execution?: ExecutionKey;
  readonly wait?: Wait;
}

export interface InboxView {
  readonly requests: readonly InboxRequest[];
  readonly now: number;
}

export type AnswerAction = 'succeed' | 'fail' | 'heartbeat' | 'answer-twice' | 'contradict' | 'wrong-token';

export interface AnswerRequest {
  readonly action: AnswerAction;
  readonly data?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** One call that the console made in the external service's name, and what it got. */
export interface MadeCall {
  readonly call: string;
  readonly status: number;
  readonly body: string;
}

export interface AnswerResult {
  readonly calls: readonly MadeCall[];
}

export interface StartResult {
  readonly status: number;
  readonly body: string;
  readonly execution?: ExecutionKey;
}

/** @see https://www.rfc-editor.org/rfc/rfc9457 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** Server-sent events, by name. */
export interface LiveEvents {
  hello: { readonly instance: string };
  /** Executions that began, went on or ended. `more`: too many to name. */
  executions: { readonly changed: readonly ExecutionRow[]; readonly more: boolean };
  /** The execution that this stream follows has new events. */
  execution: { readonly events: number };
  waiting: Record<string, never>;
  inbox: { readonly open: number };
  upstream: { readonly connected: boolean; readonly message?: string };
}
