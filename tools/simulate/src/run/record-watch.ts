import type { Item } from '../world/expressions';
import type { TableWrite } from '../world/tables';
import type { Evidence } from './evidence';

const text = (item: Item | undefined, name: string): string | undefined => {
  const value = item?.[name];
  return typeof value?.S === 'string' ? value.S : typeof value?.N === 'string' ? value.N : undefined;
};

/** AWS keeps an execution for 90 days after its end, and at the time of a write it has not ended, or only just. */
const RETENTION_SECONDS = 90 * 86_400;

/** Looks at every write to a task's record, as it is applied at `nowMs`. */
export function watchTaskWrite(evidence: Evidence, { after, before, roleArn = '' }: TableWrite, nowMs: number): void {
  const taskId = text(after, 'taskId') ?? '';
  const [tokenBefore, tokenAfter] = [text(before, 'taskToken'), text(after, 'taskToken')];
  const resumeAfter = text(after, 'resumeToken');
  if (tokenAfter !== undefined) {
    evidence.taskTokens.add(tokenAfter);
  }
  if (resumeAfter !== undefined) {
    evidence.resumeTokens.set(taskId, resumeAfter);
  }
  if (Number(text(after, 'expiresAt')) < nowMs / 1000 + RETENTION_SECONDS) {
    evidence.violate('records-outlive', `the record of ${taskId} was set to expire before AWS deletes its execution`);
  }
  if (before === undefined) {
    return;
  }

  for (const name of changedOutcome(before, after)) {
    evidence.violate('first-outcome-wins', `${name} of ${taskId} changed after its outcome had been recorded`);
  }
  const resumeBefore = text(before, 'resumeToken');
  if (resumeBefore !== undefined && resumeBefore !== resumeAfter) {
    evidence.violate('retry-keeps-token', `the resume token of ${taskId} changed`);
  }
  if (tokenBefore !== undefined && tokenBefore !== tokenAfter) {
    const isLater =
      redriveCount(after) > redriveCount(before) ||
      (redriveCount(after) === redriveCount(before) && attempt(after) > attempt(before));
    if (!isLater) {
      evidence.violate(
        'retry-keeps-token',
        `the task token of ${taskId} was replaced by the token of an attempt that is not later`,
      );
    }
    if (!roleArn.includes('CallExternal') && !roleArn.includes('call-external')) {
      evidence.violate('retry-keeps-token', `${roleArn} replaced the task token of ${taskId}`);
    }
  }
}

/** Looks at every write to the record of a name. */
export function watchNameWrite(evidence: Evidence, { after, before }: TableWrite): void {
  const name = text(after, 'name') ?? '';
  const told = text(before, 'announcedTo');
  if (told !== undefined && told !== text(after, 'announcedTo')) {
    evidence.violate('contract', `${name} was reported as new to two requests`);
  }
  if (text(before, 'executionArn') !== undefined && text(before, 'inputHash') !== text(after, 'inputHash')) {
    evidence.violate('contract', `the input of ${name} changed after its execution had started`);
  }
}

const redriveCount = (item: Item): number => Number(text(item, 'redriveCount') ?? 0);
const attempt = (item: Item): number => Number(text(item, 'attempt') ?? 0);

function changedOutcome(before: Item, after: Item): string[] {
  const recorded = text(before, 'recorded');
  if (recorded === undefined) {
    return [];
  }
  const names = recorded === 'SUCCEEDED' ? ['recorded', 'output'] : ['recorded', 'error', 'cause'];
  return names.filter((name) => text(before, name) !== text(after, name));
}
