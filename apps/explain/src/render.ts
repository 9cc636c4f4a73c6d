import { formatDuration, type NextStep } from '@workflows/inspector';
import type { Colors } from 'picocolors/types';
import type { Explanation } from './explain';
import type { TimelineEntry, Tone } from './timeline';

export interface RenderOptions {
  readonly colors: Colors;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Characters in a line; longer payloads are cut. */
  readonly width: number;
}

const SIGNS: Readonly<Record<Tone, string>> = { plain: '·', good: '✓', bad: '✕', wait: '…' };
const KINDS = { task: 'Task', composite: 'Composite workflow', workflow: 'Workflow', record: 'Task' };

/** An explanation as text for a terminal. */
export function render(explanation: Explanation, options: RenderOptions): string {
  const { colors } = options;
  const { id, kind, status, stateMachine, startedAt, standing, timeline } = explanation;
  const paint = painter(colors, toneOf(status));
  const from = startedAt ?? timeline[0]?.at ?? 0;
  const head = `${colors.bold(`${KINDS[kind]} ${id}`)}  ${paint(status)}`;
  const where = [stateMachine, startedAt === undefined ? undefined : `started ${new Date(startedAt).toISOString()}`];
  const lines = timeline.map((entry) => renderEntry(entry, from, options));
  const next = standing.next.map((step) => `  ${renderStep(step, options.now)}`);
  return [
    head,
    colors.dim(where.filter(Boolean).join(', ')),
    '',
    ...lines,
    '',
    `${colors.bold('Why')}   ${paint(standing.headline)}`,
    `      ${standing.why}`,
    `${colors.bold('Next')}${next.join('\n    ')}`,
    '',
  ].join('\n');
}

function renderEntry(entry: TimelineEntry, from: number, { colors, width }: RenderOptions): string {
  const time = `+${formatDuration(entry.at - from)}`.padStart(12);
  const indent = '  '.repeat(entry.depth);
  const sign = painter(colors, entry.tone)(SIGNS[entry.tone]);
  const text = `${colors.dim(time)}  ${indent}${sign} ${colors.bold(entry.who)}  ${entry.what}`;
  if (entry.payload === undefined) {
    return text;
  }
  const available = width - 16 - indent.length;
  const shown =
    entry.payload.length > available ? `${entry.payload.slice(0, Math.max(10, available - 1))}…` : entry.payload;
  return `${text}\n${' '.repeat(16)}${indent}${colors.dim(shown)}`;
}

/** Appends the time of a step to its sentence, if it is known. */
function renderStep({ what, at }: NextStep, now: number): string {
  if (at === undefined) {
    return what;
  }
  const left = at - now;
  const relative = left > 0 ? ` in ${formatDuration(left)}` : `, due ${formatDuration(-left)} ago`;
  return `${what.replace(/\.$/, '')}${relative} (${new Date(at).toISOString()})`;
}

function painter(colors: Colors, tone: Tone): (text: string) => string {
  return { plain: (text: string) => text, good: colors.green, bad: colors.red, wait: colors.yellow }[tone];
}

function toneOf(status: string): Tone {
  if (status === 'RUNNING' || status === 'PENDING') {
    return 'wait';
  }
  return status === 'SUCCEEDED' ? 'good' : 'bad';
}
