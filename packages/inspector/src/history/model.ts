/** An execution, built from its history. Times are epoch milliseconds; payloads are JSON text without tokens. */

/**
 * `waiting`: for a callback, a sub-workflow or a timer. `retrying`: an attempt failed and the next one has not begun.
 * `caught`: failed, and a Catch went on from there.
 */
export type VisitStatus =
  | 'running'
  | 'waiting'
  | 'retrying'
  | 'succeeded'
  | 'caught'
  | 'failed'
  | 'timed_out'
  | 'aborted';

/** One attempt of a Task state. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  readonly scheduledAt: number;
  startedAt?: number;
  /** The integration accepted the request: from here on the attempt waits for the callback or the sub-workflow. */
  submittedAt?: number;
  endedAt?: number;
  status: 'running' | 'waiting' | 'succeeded' | 'failed' | 'timed_out' | 'aborted';
  /** For instance `lambda`, `states`. */
  readonly resourceType: string;
  /** For instance `invoke.waitForTaskToken`, `startExecution.sync:2`, or the ARN of a function. */
  readonly resource: string;
  /** The function or state machine called, by name. */
  readonly target?: string;
  readonly parameters?: string;
  readonly timeoutSeconds?: number;
  readonly heartbeatSeconds?: number;
  output?: string;
  error?: string;
  cause?: string;
  /** The sub-workflow that this attempt started. */
  childExecutionArn?: string;
}

/** One pass through a Map state's processor, or one branch of a Parallel state. */
export interface Lane {
  readonly index: number;
  readonly visits: Visit[];
  startedAt: number;
  endedAt?: number;
  status: 'running' | 'succeeded' | 'failed' | 'aborted';
}

/** One entry into a state. A loop enters a state more than once. */
export interface Visit {
  /** Id of the event that entered the state. */
  readonly id: number;
  readonly state: string;
  readonly type: string;
  status: VisitStatus;
  readonly enteredAt: number;
  exitedAt?: number;
  readonly input?: string;
  output?: string;
  /** Variables that the state assigned: name to JSON text. */
  assigned?: Readonly<Record<string, string>>;
  error?: string;
  cause?: string;
  readonly attempts: Attempt[];
  /** Iterations (Map) or branches (Parallel); one list for each try of the state. */
  readonly rounds: Lane[][];
  mapRunArn?: string;
}

/** One event in the order of the history. */
export interface TimelineEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly at: number;
  /** Since the event that caused this one. */
  readonly sincePreviousMs: number;
  readonly state?: string;
  /** Visit that the event belongs to. */
  readonly visit?: number;
  /** Where in nested Maps and Parallels, outermost first. */
  readonly path: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}

export interface ExecutionModel {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
  /** Visits at the top level, in order; those inside Maps and Parallels are in their `rounds`. */
  readonly visits: readonly Visit[];
  readonly timeline: readonly TimelineEvent[];
}

/** The lanes of the latest try of a Map or Parallel state. */
export function latestLanes(visit: Visit): readonly Lane[] {
  return visit.rounds.at(-1) ?? [];
}

/** Every visit, at every depth, in the order in which states were entered. */
export function allVisits(visits: readonly Visit[]): Visit[] {
  return visits.flatMap((visit) => [visit, ...visit.rounds.flat().flatMap((lane) => allVisits(lane.visits))]);
}
