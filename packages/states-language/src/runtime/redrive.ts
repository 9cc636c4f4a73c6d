import type { Branch } from './branch';

/**
 * Makes a branch that did not succeed ready to go on from the state it was in, with its retries counted anew. Branches
 * and iterations inside that succeeded keep their results; those that had not begun begin now.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export function prepareRedrive(branch: Branch, redrivenEventId: number): void {
  branch.cancelled = false;
  branch.outcome = undefined;
  branch.waitingFor = undefined;
  branch.lastEventId = redrivenEventId;
  const { active } = branch;
  if (active === undefined) {
    return;
  }
  active.retryCount = 0;
  active.redriven = active.children !== undefined || active.mapRun !== undefined;
  for (const child of active.children ?? []) {
    if (child !== undefined && child.outcome?.status !== 'SUCCEEDED') {
      prepareRedrive(child, redrivenEventId);
    }
  }
}
