import { signal } from '@preact/signals';
import type { ExecutionKey, MadeCall } from '../../wire/types';

/** Answers that this window sent as the external service, by task. Kept after the task continues and its buttons disappear. */
export const answers = signal<ReadonlyMap<string, Answered>>(new Map());

export interface Answered {
  readonly execution: ExecutionKey | undefined;
  readonly calls: readonly MadeCall[];
}

const KEPT = 20;

export function keepAnswer(taskId: string, answered: Answered): void {
  const others = [...answers.value].filter(([id]) => id !== taskId);
  answers.value = new Map([...others, [taskId, answered] as const].slice(-KEPT));
}
