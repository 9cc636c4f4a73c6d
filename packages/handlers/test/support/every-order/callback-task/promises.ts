import type { Item } from '../remembered-table';
import { RETRIED } from './execution';
import { TASK_ID } from './invocation';
import type { World } from './world';

const TIMEOUTS = ['States.Timeout', 'States.HeartbeatTimeout'];

/** The end of an execution that a callback stands for. */
const ENDS: Readonly<Record<string, string>> = {
  success: 'SUCCEEDED {"data":1,"status":"succeeded"}',
  'other success': 'SUCCEEDED {"data":2,"status":"succeeded"}',
  failure: 'FAILED NoStock',
  'retried failure': `FAILED ${RETRIED}`,
};

/** What is broken by a step from one world to the next, in words; nothing as a rule. */
export function brokenBy(before: World, after: World): string | undefined {
  return (
    forgotten(before.items[TASK_ID], after.items[TASK_ID]) ??
    (new Set(after.accepted).size > 1 ? `both ${after.accepted.join(' and ')} were accepted` : undefined) ??
    lost(after) ??
    disagreement(after)
  );
}

/** The first outcome and the secret stay what they are. */
function forgotten(before: Item | undefined, after: Item | undefined): string | undefined {
  for (const attribute of ['recorded', 'output', 'resumeToken']) {
    const [was, is] = [before?.[attribute]?.S, after?.[attribute]?.S];
    if (was !== undefined && was !== is) {
      return `${attribute} was ${was} and is ${is}`;
    }
  }
  return undefined;
}

/** An execution that could not settle its task has not asked for the outcome, and one that was stopped waits for it. */
function lost({ accepted: [first], execution }: World): string | undefined {
  const { error, output, status, unsettled } = execution;
  if (first === undefined || unsettled || status === 'RUNNING' || status === 'ABORTED') {
    return undefined;
  }
  const end = `${status} ${status === 'SUCCEEDED' ? output : error}`;
  return end === ENDS[first] ? undefined : `the callback "${first}" was accepted, but the execution ended ${end}`;
}

/** An execution that is over, and whose end was told, is over in its record, and as it ended. */
function disagreement({ execution, items, toldOf }: World): string | undefined {
  const item = items[TASK_ID];
  const { redriveCount, error, output, status, unsettled } = execution;
  if (status === 'RUNNING' || ((status !== 'SUCCEEDED' || redriveCount > 0) && toldOf < redriveCount)) {
    return undefined;
  }
  const recorded = item?.recorded?.S;
  const timedOut = status === 'FAILED' && recorded === undefined && TIMEOUTS.includes(error);
  // An outcome that has reached its execution stands, even if the execution is stopped on its last steps.
  const expected =
    recorded !== undefined && item?.deliveredAt !== undefined ? recorded : timedOut ? 'TIMED_OUT' : status;
  if (item?.status?.S !== expected) {
    return `the record is ${item?.status?.S}, but the execution ended ${status} ${error}`;
  }
  if (status === 'SUCCEEDED' && item.output?.S !== output) {
    return `the record has the output ${item.output?.S}, but the execution ${output}`;
  }
  if (status === 'FAILED' && !(unsettled && recorded === 'FAILED') && item.error?.S !== error) {
    return `the record has the error ${item.error?.S}, but the execution ${error}`;
  }
  return undefined;
}
