import {
  type ExecutionSources,
  formatDuration,
  type LoadedExecution,
  type Standing,
  standingOf,
  type TaskRecord,
} from '@workflows/inspector';
import type { Subject } from './find-subject';
import { buildTimeline, type TimelineEntry } from './timeline';

/** Everything about one id: its kind, its timeline, the reason for its status and the next steps. Contains no token. */
export interface Explanation {
  readonly id: string;
  readonly kind: Subject['kind'];
  readonly status: string;
  readonly stateMachine?: string;
  readonly executionArn?: string;
  /** Epoch milliseconds, as all times here. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly record?: TaskRecord;
  readonly timeline: readonly TimelineEntry[];
  readonly standing: Standing;
}

export async function explain(id: string, subject: Subject, sources: ExecutionSources): Promise<Explanation> {
  if (subject.kind === 'record') {
    return explainRecord(id, subject.record);
  }
  const { execution, kind } = subject;
  const { model, description, record } = execution;
  return {
    id,
    kind,
    status: model.status,
    stateMachine: description.stateMachineArn.split(':').at(-1) ?? '',
    executionArn: execution.arn,
    ...(model.startedAt === undefined ? {} : { startedAt: model.startedAt }),
    ...(model.endedAt === undefined ? {} : { endedAt: model.endedAt }),
    ...(record === undefined ? {} : { record }),
    timeline: await buildTimeline(execution, sources),
    standing: standing(execution),
  };
}

function standing({ model, waits, record }: LoadedExecution): Standing {
  return standingOf({ model, waits, ...(record === undefined ? {} : { record }) });
}

/** The record outlives the execution's history, and may be there before the execution can be read. */
function explainRecord(id: string, record: TaskRecord): Explanation {
  const at = Date.parse(record.createdAt);
  const settled = record.status !== 'PENDING';
  const took = formatDuration(Date.parse(record.updatedAt) - at);
  return {
    id,
    kind: 'record',
    status: record.status,
    record,
    startedAt: at,
    timeline: [{ at, depth: 0, who: 'Record', what: 'task recorded as PENDING', tone: 'plain' }],
    standing: {
      headline: settled ? `${record.status} after ${took}` : 'PENDING: no execution found',
      why: settled
        ? 'Only the task record remains. Step Functions deletes an execution 90 days after it ends.'
        : 'The task was recorded, but its execution was not started or cannot be read yet.',
      next: [
        {
          what: settled ? 'Nothing. The record expires later.' : 'Send the same request again to start the execution.',
        },
      ],
    },
  };
}
