import { checkAgreement, checkLateCallbacks } from './agreement';
import { checkComposites } from './composites';
import { checkEndings, checkLogs, checkRecordsOutlive } from './endings';
import { checkCallbacksKept } from './outcomes';
import { checkStarts } from './starts';
import type { Subject } from './subject';

/** Checks a run that has ended. Whatever is not as promised is put among the evidence's violations. */
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
