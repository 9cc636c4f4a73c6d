import { HttpProblem } from '@workflows/lambda-commons/problem';
import type { TaskRecord, TaskStatus } from './task-record';
import { tokensMatch } from './tokens';

/**
 * @throws HttpProblem 403 unless the caller sends the resume token of the task. Before the first attempt no token exists,
 * so every request is rejected.
 */
export function requireResumeToken(sent: string | undefined, record: TaskRecord): void {
  if (!tokensMatch(sent, record.resumeToken)) {
    throw new HttpProblem('wrong-resume-token', 'Send the resumeToken of the task in the request body.');
  }
}

const ENDS: Record<TaskStatus, string> = {
  PENDING: 'is over',
  SUCCEEDED: 'has completed',
  FAILED: 'has failed',
  TIMED_OUT: 'has timed out',
  ABORTED: 'was aborted',
};

/** 410: the workflow has ended, so no callback is accepted any more. */
export const workflowOver = (status: TaskStatus): HttpProblem =>
  new HttpProblem('workflow-over', `The workflow of this task ${ENDS[status]}. It no longer accepts callbacks.`);
