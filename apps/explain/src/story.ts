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

/** One line of the timeline. */
export interface StoryLine {
  /** Epoch milliseconds. */
  readonly at: number;
  /** 0 for what is told of itself; deeper inside Maps and sub-workflows. */
  readonly depth: number;
  /** Who or what it is about: a state, the record, the execution. */
  readonly who: string;
  readonly what: string;
  /** A payload, as JSON text. */
  readonly payload?: string;
  readonly tone: Tone;
}

/** Sub-workflows inside sub-workflows are told to this depth. */
const DEEPEST = 4;

/** Lines that belong together: they are told at the time of the first, whatever happens elsewhere meanwhile. */
type Block = readonly StoryLine[];

/** Everything that happened, in order: request, record, attempts, sub-workflows, callback, outcome. */
export async function tellStory(
  execution: LoadedExecution,
  sources: ExecutionSources,
  depth = 0,
): Promise<StoryLine[]> {
  const { model, record } = execution;
  const visits = allVisits(model.visits);
  const lines = [
    ...requestOf(execution, depth),
    ...(record === undefined ? [] : tellRecord(record, depth)),
    ...visits.flatMap((visit) => tellVisit(visit, depth)),
    ...endOf(execution, depth),
  ];
  const children = depth < DEEPEST ? await tellChildren(visits, sources, depth) : [];
  const blocks: Block[] = [...lines.map((line) => [line]), ...children];
  // A sort that keeps the order of what happened at the same time.
  return blocks.sort((a, b) => startOf(a) - startOf(b)).flat();
}

const startOf = (block: Block) => block[0]?.at ?? 0;

async function tellChildren(visits: readonly Visit[], sources: ExecutionSources, depth: number): Promise<Block[]> {
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
      const head: StoryLine = {
        at: attempt.scheduledAt,
        depth,
        who: visit.state,
        what: child.description.name,
        tone: 'plain',
      };
      blocks.push([head, ...(await tellStory(child, sources, depth + 1))]);
    }
  }
  return blocks;
}

function requestOf({ description, model }: LoadedExecution, depth: number): StoryLine[] {
  const at = model.startedAt ?? description.startDate;
  const machine = description.stateMachineArn.split(':').at(-1) ?? '';
  return [{ at, depth, who: 'Request', what: `starts ${machine}`, tone: 'plain', ...payload(model.input) }];
}

function endOf({ model }: LoadedExecution, depth: number): StoryLine[] {
  if (model.endedAt === undefined) {
    return [];
  }
  const took = formatDuration(model.endedAt - (model.startedAt ?? model.endedAt));
  const error = model.error === undefined ? '' : `: ${errorText(model.error, model.cause)}`;
  const tone = model.status === 'SUCCEEDED' ? 'good' : 'bad';
  const what = `${model.status} after ${took}${error}`;
  return [{ at: model.endedAt, depth, who: 'Outcome', what, tone, ...payload(model.output) }];
}

function tellRecord(record: TaskRecord, depth: number): StoryLine[] {
  const line = (at: string, what: string, tone: Tone): StoryLine => ({
    at: Date.parse(at),
    depth,
    who: 'Record',
    what,
    tone,
  });
  const lines = [line(record.createdAt, 'task recorded as PENDING', 'plain')];
  if (record.status !== 'PENDING') {
    const error = record.error === undefined ? '' : `: ${errorText(record.error, record.cause)}`;
    const settled = line(
      record.updatedAt,
      `${record.status} on attempt ${record.attempt}${error}`,
      toneOf(record.status),
    );
    lines.push({ ...settled, ...payload(record.output) });
  }
  if (record.deliveredAt !== undefined) {
    lines.push(line(record.deliveredAt, 'outcome delivered to the execution', 'plain'));
  }
  return lines;
}

const toneOf = (status: string): Tone => (status === 'SUCCEEDED' ? 'good' : 'bad');

/** Passes and choices are only worth a line when they fail; everything that takes time or asks somebody is. */
function tellVisit(visit: Visit, depth: number): StoryLine[] {
  const who = visit.state;
  if (visit.type === 'Task') {
    return visit.attempts.flatMap((attempt) => tellAttempt(who, attempt, visit, depth));
  }
  const line = (at: number, what: string, tone: Tone): StoryLine => ({ at, depth, who, what, tone });
  if (visit.type === 'Wait') {
    const left = visit.exitedAt === undefined ? [] : [line(visit.exitedAt, 'goes on', 'plain')];
    return [line(visit.enteredAt, 'waits for a time', 'wait'), ...left];
  }
  if (visit.type === 'Map' || visit.type === 'Parallel') {
    const count = visit.rounds.at(-1)?.length ?? 0;
    const [one, many] = visit.type === 'Map' ? ['iteration', 'iterations'] : ['branch', 'branches'];
    return [line(visit.enteredAt, count === 1 ? `1 ${one} begins` : `${count} ${many} begin`, 'plain')];
  }
  if (visit.error === undefined) {
    return [];
  }
  return [line(visit.exitedAt ?? visit.enteredAt, `fails: ${errorText(visit.error, visit.cause)}`, 'bad')];
}

/** An attempt that started a sub-workflow is told by that; only its failure is told here. */
function tellAttempt(who: string, attempt: Attempt, visit: Visit, depth: number): StoryLine[] {
  if (attempt.childExecutionArn !== undefined && (attempt.error === undefined || attempt.endedAt === undefined)) {
    return [];
  }
  const line = (at: number, what: string, tone: Tone = 'plain'): StoryLine => ({ at, depth, who, what, tone });
  const limits = [
    attempt.timeoutSeconds === undefined ? '' : `, time limit ${formatDuration(attempt.timeoutSeconds * 1000)}`,
    attempt.heartbeatSeconds === undefined
      ? ''
      : `, heartbeat every ${formatDuration(attempt.heartbeatSeconds * 1000)}`,
  ].join('');
  const called = attempt.target ?? `${attempt.resourceType}:${attempt.resource}`;
  const lines = [line(attempt.scheduledAt, `attempt ${attempt.number} calls ${called}${limits}`)];
  const callback = attempt.resource.endsWith('.waitForTaskToken');
  if (attempt.submittedAt !== undefined) {
    const waits = callback ? 'request accepted, waits for the callback' : 'sub-workflow started, waits for its end';
    lines.push(line(attempt.submittedAt, waits, 'wait'));
  }
  if (attempt.endedAt !== undefined) {
    lines.push(endOfAttempt(line, attempt, visit, callback));
  }
  return lines;
}

function endOfAttempt(
  line: (at: number, what: string, tone?: Tone) => StoryLine,
  attempt: Attempt,
  visit: Visit,
  callback: boolean,
): StoryLine {
  const at = attempt.endedAt ?? attempt.scheduledAt;
  const who = callback && attempt.submittedAt !== undefined ? 'callback: ' : '';
  if (attempt.status === 'succeeded') {
    return { ...line(at, `${who}succeeded`, 'good'), ...payload(attempt.output) };
  }
  const next = visit.attempts.length > attempt.number ? '; tried again' : visit.status === 'caught' ? '; caught' : '';
  if (attempt.status === 'timed_out') {
    return line(at, `timed out: ${errorText(attempt.error ?? 'States.Timeout', attempt.cause)}${next}`, 'bad');
  }
  if (attempt.status === 'aborted') {
    return line(at, 'stopped with the execution', 'bad');
  }
  return line(at, `${who}failed: ${errorText(attempt.error ?? '', attempt.cause)}${next}`, 'bad');
}

function errorText(error: string, cause: string | undefined): string {
  return cause === undefined || cause === '' ? error : `${error}: ${messageOfCause(cause)}`;
}

function payload(text: string | undefined): { payload?: string } {
  return text === undefined ? {} : { payload: text };
}
