import { signal } from '@preact/signals';
import type { ExecutionKey, MadeCall } from '../../wire/types';

/** What this window answered in the external service's name, by task. Kept when the task goes on and its buttons are gone. */
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
