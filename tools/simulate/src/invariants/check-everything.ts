import { checkAgreement, checkLateCallbacks } from './agreement';
import { checkComposites } from './composites';
import { checkEndings, checkLogs, checkRecordsOutlive } from './endings';
import { checkCallbacksKept } from './outcomes';
import { checkStarts } from './starts';
import type { Subject } from './subject';

/** Checks every guarantee for a run that has ended, and adds to the evidence what was violated. */
export async function checkEverything(subject: Subject): Promise<void> {
  checkCallbacksKept(subject);
  checkEndings(subject);
  checkRecordsOutlive(subject);
  checkComposites(subject);
  await checkAgreement(subject);
  await checkLateCallbacks(subject);
  await checkStarts(subject);
  checkLogs(subject);
}
