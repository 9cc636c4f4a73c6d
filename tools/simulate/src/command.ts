import { rmSync } from 'node:fs';
import type { Options } from './options';
import { runMany } from './run-many';
import { generate } from './schedule/generate';
import { Simulation } from './simulation';
import { addRun, describeFailure, describeSummary, emptySummary, type Failure, type Summary } from './summary';
import { synthesize } from './synthesize';

export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly isTerminal: boolean;
  readonly now: () => number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** How many of the failed schedules are made smaller: each takes hundreds of runs. */
const MAX_EXPLAINED = 3;
const MAX_NAMED = 50;

/** `pnpm simulate`. @returns the exit code: 1 if a guarantee was broken */
export async function simulate(options: Options, terminal: Terminal): Promise<number> {
  const outDir = await synthesize();
  try {
    const failed = options.verbose
      ? await runVerbosely(options, outDir, terminal)
      : await runAll(options, outDir, terminal);
    return failed > 0 ? 1 : 0;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function runAll(options: Options, outDir: string, terminal: Terminal): Promise<number> {
  const startedMs = terminal.now();
  const onProgress = (summary: Summary) => {
    if (!terminal.isTerminal || options.json) {
      return;
    }
    const seconds = (terminal.now() - startedMs) / 1000;
    terminal.stderr(
      `\r${summary.schedules} of ${options.runs} schedules, ${summary.failed} failed, ${(summary.schedules / seconds).toFixed(1)} a second `,
    );
  };
  const { failures, summary } = await runMany({ ...options, outDir, signal: terminal.signal, onProgress });
  const seconds = (terminal.now() - startedMs) / 1000;
  if (terminal.isTerminal && !options.json) {
    terminal.stderr('\n');
  }
  const explained = terminal.signal.aborted ? failures : await explain(failures, options, outDir);
  if (options.json) {
    terminal.stdout(`${JSON.stringify({ seed: options.seed, seconds, ...summary, failures: explained })}\n`);
  } else {
    for (const failure of explained.slice(0, MAX_NAMED)) {
      terminal.stdout(`${describeFailure(failure)}\n`);
    }
    terminal.stdout(`seeds from ${options.seed}\n${describeSummary(summary, seconds)}\n`);
  }
  return summary.failed;
}

/** Makes the first few small enough to read. */
async function explain(failures: readonly Failure[], { mutation }: Options, outDir: string): Promise<Failure[]> {
  if (mutation !== undefined) {
    return [...failures];
  }
  const simulation = new Simulation(outDir);
  const explained: Failure[] = [];
  for (const failure of failures.slice(0, MAX_EXPLAINED)) {
    explained.push(await simulation.explain(failure));
  }
  await simulation.close();
  return [...explained, ...failures.slice(MAX_EXPLAINED)];
}

async function runVerbosely(
  { json, mutation, runs, seed }: Options,
  outDir: string,
  { signal, stdout }: Terminal,
): Promise<number> {
  const simulation = new Simulation(outDir, mutation);
  const summary = emptySummary();
  for (let next = seed; next < seed + runs && !signal.aborted; next++) {
    const result = await simulation.run(generate(next));
    addRun(summary, result);
    const { schedule, timeline, violations } = result;
    if (json) {
      stdout(`${JSON.stringify({ schedule, timeline, violations })}\n`);
      continue;
    }
    stdout(`${JSON.stringify(schedule, null, 2)}\n${timeline.join('\n')}\n`);
    stdout(
      violations.length === 0
        ? `seed ${next}: every guarantee held\n\n`
        : `${describeFailure({ seed: next, violations })}\n`,
    );
  }
  await simulation.close();
  return summary.failed;
}
