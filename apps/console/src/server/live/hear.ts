import type { ExecutionStatus, ExecutionSummary } from '@workflows/inspector';
import type { RuntimeEvents, RuntimeNotices } from '../events';

/** Receives the events of a runtime in the same process. */
export interface Listener {
  put(summary: ExecutionSummary): void;
  /** The execution has new events, up to this id; 0 where nobody knows. */
  touch(executionArn: string, events: number): void;
  heartbeat(taskId: string): void;
}

const HEARTBEAT_PATH = /\/tasks\/([^/]+)\/heartbeat$/;

/** Follows the events of a runtime. @returns a function that ends it */
export function hear(events: RuntimeEvents, listener: Listener): () => void {
  const history = ({ executionArn, event }: RuntimeNotices['history']) => listener.touch(executionArn, event.id);
  const status = (notice: RuntimeNotices['status']) => {
    const { executionArn: arn, stateMachineArn, name, startDateMs: startDate, stopDateMs: stopDate } = notice;
    const base = { arn, stateMachineArn, name, status: notice.status as ExecutionStatus, startDate };
    listener.put(stopDate === undefined ? base : { ...base, stopDate });
    listener.touch(arn, 0);
  };
  const request = ({ method, path, status: answered }: RuntimeNotices['request']) => {
    const taskId = answered === 204 && method === 'POST' ? HEARTBEAT_PATH.exec(path)?.[1] : undefined;
    if (taskId !== undefined) {
      listener.heartbeat(decodeURIComponent(taskId));
    }
  };
  events.on('history', history);
  events.on('status', status);
  events.on('request', request);
  return () => {
    events.off('history', history);
    events.off('status', status);
    events.off('request', request);
  };
}
