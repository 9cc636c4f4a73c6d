import {
  type ExecutionReader,
  executionArn,
  failureOf,
  graphOf,
  type KnownOutputs,
  parseExecutionArn,
  standingOf,
  type TimelineEvent,
  type Visit,
  type Wait,
  waitsOf,
} from '@workflows/inspector';
import type { EventsPage, ExecutionKey, ExecutionRow, ExecutionView, WaitingTask, WaitingView } from '../../wire/types';
import type { ExecutionCache, LoadedExecution } from './execution-cache';
import type { ExecutionIndex } from './execution-index';

/** Longer payloads are shown from their event. */
const SHOWN_PAYLOAD = 16_384;
const LOOKED_INTO = 200;
const CONCURRENCY = 8;

export interface ViewSources {
  readonly reader: ExecutionReader;
  readonly cache: ExecutionCache;
  readonly index: ExecutionIndex;
  readonly outputs: KnownOutputs;
  /** Who receives the requests of the Workflow state machine. */
  readonly externalService: string;
  readonly answersAvailable: boolean;
  readonly now: () => number;
}

/** @returns undefined when there is no such execution */
export async function executionView(arn: string, sources: ViewSources): Promise<ExecutionView | undefined> {
  const loaded = await sources.cache.load(arn);
  if (loaded === undefined) {
    return undefined;
  }
  const { model, definition, record } = loaded;
  const waits = waitsOf(model, definition, loaded.lastHeartbeatAt);
  const failure = failureOf(model);
  const parent = parentOf(model.input);
  return {
    execution: rowOf(loaded, sources.index),
    ...(parent === undefined ? {} : { parent }),
    ...clipped(model),
    redriveCount: model.redriveCount,
    standing: standingOf({ model, waits, ...(record === undefined ? {} : { record }) }),
    ...(failure === undefined ? {} : { failure }),
    waits,
    ...(record === undefined ? {} : { record }),
    graph: graphOf(definition),
    visits: model.visits.map(clippedVisit),
    events: model.timeline.length,
    now: sources.now(),
  };
}

/** Events that contain every word of `query`, in any field. */
export function eventsPage(
  timeline: readonly TimelineEvent[],
  options: { readonly query: string; readonly offset: number; readonly limit: number },
): EventsPage {
  const words = options.query.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = words.length === 0 ? timeline : timeline.filter((event) => containsAll(event, words));
  return {
    events: matching.slice(options.offset, options.offset + options.limit),
    matched: matching.length,
    total: timeline.length,
  };
}

function containsAll(event: TimelineEvent, words: readonly string[]): boolean {
  const text = [event.id, event.type, event.state ?? '', ...event.path, ...Object.values(event.details).map(asText)]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The states that wait, the longest wait first. */
export async function waitingView(sources: ViewSources): Promise<WaitingView> {
  const running = sources.index.running().reverse();
  const looked = running.slice(0, LOOKED_INTO);
  const tasks: WaitingTask[] = [];
  await inParallel(looked, async (row) => {
    const loaded = await sources.cache.load(row.arn);
    if (loaded === undefined) {
      return;
    }
    const waits = waitsOf(loaded.model, loaded.definition, loaded.lastHeartbeatAt);
    for (const wait of waits.filter((it) => it.kind !== 'sub-workflow')) {
      tasks.push(waitingTask(row, wait, sources));
    }
  });
  tasks.sort((a, b) => a.wait.since - b.wait.since);
  return { tasks, unseen: running.length - looked.length, now: sources.now() };
}

/** Differs when the waiting tasks do. */
export async function waitingSignature(sources: ViewSources): Promise<string> {
  const { tasks } = await waitingView(sources);
  return tasks.map(({ execution, wait }) => `${execution.arn} ${wait.visit} ${wait.attempt} ${wait.since}`).join('\n');
}

function waitingTask(execution: ExecutionRow, wait: Wait, sources: ViewSources): WaitingTask {
  const workflow = execution.stateMachineArn === sources.outputs.workflowStateMachine;
  const whom = {
    callback: wait.target ?? 'a callback',
    retry: `${wait.target ?? 'itself'}, again`,
    timer: 'a timer',
  };
  return {
    execution,
    wait,
    forWhom: workflow && wait.kind === 'callback' ? sources.externalService : whom[wait.kind as 'callback'],
    answerable: workflow && wait.kind === 'callback' && sources.answersAvailable,
  };
}

export function keyOf(arn: string): ExecutionKey | undefined {
  const parsed = parseExecutionArn(arn);
  return parsed === undefined ? undefined : { stateMachine: parsed.stateMachine, name: parsed.name };
}

/** The ARN behind a path, by the state machines that are known. */
export function arnOf(key: ExecutionKey, stateMachines: readonly { readonly arn: string; readonly name: string }[]) {
  const machine = stateMachines.find((it) => it.name === key.stateMachine);
  return machine === undefined ? undefined : executionArn(machine.arn, key.name);
}

function rowOf(loaded: LoadedExecution, index: ExecutionIndex): ExecutionRow {
  const { arn, model } = loaded;
  const parsed = parseExecutionArn(arn);
  return {
    arn,
    name: parsed?.name ?? '',
    stateMachine: parsed?.stateMachine ?? '',
    stateMachineArn: parsed?.stateMachineArn ?? '',
    status: model.status,
    startDate: model.startedAt ?? index.get(arn)?.startDate ?? 0,
    ...(model.endedAt === undefined ? {} : { stopDate: model.endedAt }),
  };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
function parentOf(input: string | undefined): ExecutionKey | undefined {
  const arn = /"AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID"\s*:\s*"([^"]+)"/.exec(input ?? '')?.[1];
  return arn === undefined ? undefined : keyOf(arn);
}

function clipped(texts: { input?: string; output?: string; error?: string; cause?: string }) {
  const { input, output, error, cause } = texts;
  return {
    ...(input === undefined ? {} : { input: clip(input) }),
    ...(output === undefined ? {} : { output: clip(output) }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause: clip(cause) }),
  };
}

function clippedVisit(visit: Visit): Visit {
  return {
    ...visit,
    ...clipped(visit),
    attempts: visit.attempts.map((attempt) => ({
      ...attempt,
      ...(attempt.parameters === undefined ? {} : { parameters: clip(attempt.parameters) }),
      ...(attempt.output === undefined ? {} : { output: clip(attempt.output) }),
    })),
    rounds: visit.rounds.map((lanes) => lanes.map((lane) => ({ ...lane, visits: lane.visits.map(clippedVisit) }))),
  };
}

function clip(text: string): string {
  return text.length > SHOWN_PAYLOAD
    ? `${text.slice(0, SHOWN_PAYLOAD)}… (${text.length} characters; the event shows the full text)`
    : text;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (const item of queue) {
        await work(item);
      }
    }),
  );
}
