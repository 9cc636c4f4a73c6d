import type { LocalCloud } from '@workflows/local-cloud';
import type { Step } from './steps';

/** What a demonstration came to. */
export interface PatternResult {
  readonly pattern: string;
  readonly ok: boolean;
  /** Why not, when it is not. */
  readonly problem?: string;
}

/** Shows what happens, to people or to machines. */
export interface Printer {
  /** Where people look. */
  console(url: string): void;
  /** Everything is served. */
  ready(cloud: LocalCloud, startedInMs: number): void;
  pattern(title: string): void;
  step(step: Step): void;
  result(result: PatternResult): void;
  /** What there is to try. */
  guide(text: string): void;
}
