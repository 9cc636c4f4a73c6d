import {
  type Attempt,
  allVisits,
  type ExecutionSources,
  formatDuration,
  type LoadedExecution,
  loadExecution,
  messageOfCause,
  type TaskRecord,
  type Visit,
} from '@workflows/inspector';

export type Tone = 'plain' | 'good' | 'bad' | 'wait';

/** One entry of the timeline. */
export interface TimelineEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  /** 0 for the execution itself; one more in each sub-workflow. */
  readonly depth: number;
  /** Who or what it is about: a state, the record, the execution. */
  readonly who: string;
  readonly what: string;
  /** A payload, as JSON text. */
  readonly payload?: string;
  readonly tone: Tone;
}

/** Sub-workflows inside sub-workflows are followed to this depth. */
const MAX_DEPTH = 4;

/** Entries that stay together, at the time of the first, whatever happens elsewhere meanwhile. */
type Block = readonly TimelineEntry[];

/** Everything that happened, in order of time: request, record, attempts, sub-workflows, callback, outcome. */
export async function buildTimeline(
  execution: LoadedExecution,
  sources: ExecutionSources,
  depth = 0,
): Promise<TimelineEntry[]> {
  const { model, record } = execution;
  const visits = allVisits(model.visits);
  const entries = [
    ...requestEntries(execution, depth),
    ...(record === undefined ? [] : recordEntries(record, depth)),
    ...visits.flatMap((visit) => visitEntries(visit, depth)),
    ...outcomeEntries(execution, depth),
  ];
  const children = depth < MAX_DEPTH ? await childBlocks(visits, sources, depth) : [];
  const blocks: Block[] = [...entries.map((entry) => [entry]), ...children];
  // A sort that keeps the order of what happened at the same time.
  return blocks.sort((a, b) => startOf(a) - startOf(b)).flat();
}

const startOf = (block: Block) => block[0]?.at ?? 0;

async function childBlocks(visits: readonly Visit[], sources: ExecutionSources, depth: number): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const visit of visits) {
    for (const attempt of visit.attempts) {
      if (attempt.childExecutionArn === undefined) {
        continue;
      }
      const child = await loadExecution(attempt.childExecutionArn, sources);
      if (child === undefined) {
        continue;
      }
      const head: TimelineEntry = {
        at: attempt.scheduledAt,
        depth,
        who: visit.state,
        what: child.description.name,
        tone: 'plain',
      };
      blocks.push([head, ...(await buildTimeline(child, sources, depth + 1))]);
    }
  }
  return blocks;
}

function requestEntries({ description, model }: LoadedExecution, depth: number): TimelineEntry[] {
  const at = model.startedAt ?? description.startDate;
  const machine = description.stateMachineArn.split(':').at(-1) ?? '';
  return [{ at, depth, who: 'Request', what: `starts ${machine}`, tone: 'plain', ...payload(model.input) }];
}

function outcomeEntries({ model }: LoadedExecution, depth: number): TimelineEntry[] {
  if (model.endedAt === undefined) {
    return [];
  }
  const took = formatDuration(model.endedAt - (model.startedAt ?? model.endedAt));
  const error = model.error === undefined ? '' : `: ${errorText(model.error, model.cause)}`;
  const tone = model.status === 'SUCCEEDED' ? 'good' : 'bad';
  const what = `${model.status} after ${took}${error}`;
  return [{ at: model.endedAt, depth, who: 'Outcome', what, tone, ...payload(model.output) }];
}

function recordEntries(record: TaskRecord, depth: number): TimelineEntry[] {
  const entry = (at: string, what: string, tone: Tone): TimelineEntry => ({
    at: Date.parse(at),
    depth,
    who: 'Record',
    what,
    tone,
  });
  const entries = [entry(record.createdAt, 'task recorded as PENDING', 'plain')];
  if (record.status !== 'PENDING') {
    const error = record.error === undefined ? '' : `: ${errorText(record.error, record.cause)}`;
    const settled = entry(
      record.updatedAt,
      `${record.status} on attempt ${record.attempt}${error}`,
      toneOf(record.status),
    );
    entries.push({ ...settled, ...payload(record.output) });
  }
  if (record.deliveredAt !== undefined) {
    entries.push(entry(record.deliveredAt, 'outcome delivered to the execution', 'plain'));
  }
  return entries;
}

const toneOf = (status: string): Tone => (status === 'SUCCEEDED' ? 'good' : 'bad');

/** Pass and Choice states appear only if they fail. States that take time or call something always appear. */
function visitEntries(visit: Visit, depth: number): TimelineEntry[] {
  const who = visit.state;
  if (visit.type === 'Task') {
    return visit.attempts.flatMap((attempt) => attemptEntries(who, attempt, visit, depth));
  }
  const entry = (at: number, what: string, tone: Tone): TimelineEntry => ({ at, depth, who, what, tone });
  if (visit.type === 'Wait') {
    const left = visit.exitedAt === undefined ? [] : [entry(visit.exitedAt, 'continues', 'plain')];
    return [entry(visit.enteredAt, 'waits for a timer', 'wait'), ...left];
  }
  if (visit.type === 'Map' || visit.type === 'Parallel') {
    const count = visit.rounds.at(-1)?.length ?? 0;
    const [one, many] = visit.type === 'Map' ? ['iteration', 'iterations'] : ['branch', 'branches'];
    return [entry(visit.enteredAt, count === 1 ? `1 ${one} begins` : `${count} ${many} begin`, 'plain')];
  }
  if (visit.error === undefined) {
    return [];
  }
  return [entry(visit.exitedAt ?? visit.enteredAt, `fails: ${errorText(visit.error, visit.cause)}`, 'bad')];
}

/** The entries of a sub-workflow stand for the attempt that started it; only its failure is an entry of its own. */
function attemptEntries(who: string, attempt: Attempt, visit: Visit, depth: number): TimelineEntry[] {
  if (attempt.childExecutionArn !== undefined && (attempt.error === undefined || attempt.endedAt === undefined)) {
    return [];
  }
  const entry = (at: number, what: string, tone: Tone = 'plain'): TimelineEntry => ({ at, depth, who, what, tone });
  const limits = [
    attempt.timeoutSeconds === undefined ? '' : `, timeout ${formatDuration(attempt.timeoutSeconds * 1000)}`,
    attempt.heartbeatSeconds === undefined
      ? ''
      : `, heartbeat every ${formatDuration(attempt.heartbeatSeconds * 1000)}`,
  ].join('');
  const called = attempt.target ?? `${attempt.resourceType}:${attempt.resource}`;
  const entries = [entry(attempt.scheduledAt, `attempt ${attempt.number} calls ${called}${limits}`)];
  const callback = attempt.resource.endsWith('.waitForTaskToken');
  if (attempt.submittedAt !== undefined) {
    const waits = callback ? 'request accepted, waiting for callback' : 'sub-workflow started, waiting for it to end';
    entries.push(entry(attempt.submittedAt, waits, 'wait'));
  }
  if (attempt.endedAt !== undefined) {
    entries.push(attemptEnd(entry, attempt, visit, callback));
  }
  return entries;
}

function attemptEnd(
  entry: (at: number, what: string, tone?: Tone) => TimelineEntry,
  attempt: Attempt,
  visit: Visit,
  callback: boolean,
): TimelineEntry {
  const at = attempt.endedAt ?? attempt.scheduledAt;
  const who = callback && attempt.submittedAt !== undefined ? 'callback: ' : '';
  if (attempt.status === 'succeeded') {
    return { ...entry(at, `${who}succeeded`, 'good'), ...payload(attempt.output) };
  }
  const next =
    visit.attempts.length > attempt.number ? '; will be retried' : visit.status === 'caught' ? '; caught' : '';
  if (attempt.status === 'timed_out') {
    return entry(at, `timed out: ${errorText(attempt.error ?? 'States.Timeout', attempt.cause)}${next}`, 'bad');
  }
  if (attempt.status === 'aborted') {
    return entry(at, 'stopped with the execution', 'bad');
  }
  return entry(at, `${who}failed: ${errorText(attempt.error ?? '', attempt.cause)}${next}`, 'bad');
}

function errorText(error: string, cause: string | undefined): string {
  return cause === undefined || cause === '' ? error : `${error}: ${messageOfCause(cause)}`;
}

function payload(text: string | undefined): { payload?: string } {
  return text === undefined ? {} : { payload: text };
}
