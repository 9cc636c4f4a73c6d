import { bench, definition, median, program, seconds, start } from './measure';

const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 3;

export interface WaitingRow {
  readonly executions: number;
  readonly 'heap MB': number;
  readonly 'bytes each': number;
  readonly 'start ms': number;
  readonly 'callback ms': number;
}

/** Memory of executions that wait for a callback, and the time to start and to complete them all. */
export function measureWaiting(collectGarbage: () => void): WaitingRow[] {
  return SIZES.map((size) => {
    const rounds = Array.from({ length: ROUNDS }, () => measure(size, collectGarbage));
    const bytes = median(rounds.map((round) => round.bytes));
    return {
      executions: size,
      'heap MB': Math.round(bytes / 1e5) / 10,
      'bytes each': Math.round(bytes / size),
      'start ms': Math.round(median(rounds.map(({ startSeconds }) => startSeconds)) * 1000),
      'callback ms': Math.round(median(rounds.map(({ callbackSeconds }) => callbackSeconds)) * 1000),
    };
  });
}

function measure(
  size: number,
  collectGarbage: () => void,
): { bytes: number; startSeconds: number; callbackSeconds: number } {
  const { host, listeners } = bench();
  const compiled = program(definition('callback'));
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const waiting: ReturnType<typeof start>[] = [];
  const startSeconds = seconds(() => {
    for (let index = 0; index < size; index += 1) {
      waiting.push(start(compiled, `{"timeoutSeconds":3600,"name":"task ${index}"}`, host, index));
      listeners.pop()?.submitted({ StatusCode: 200 });
    }
  });
  collectGarbage();
  const bytes = process.memoryUsage().heapUsed - before;
  const callbackSeconds = seconds(() => {
    waiting.forEach((execution, index) => {
      const parameters = execution.history[2]?.taskScheduledEventDetails?.parameters ?? '{}';
      const { Payload } = JSON.parse(parameters) as { Payload: { token: string } };
      if (execution.succeedTask(Payload.token, String(index)) !== 'delivered' || execution.status !== 'SUCCEEDED') {
        throw new Error(`Execution ${index} did not take its callback`);
      }
    });
  });
  return { bytes, startSeconds, callbackSeconds };
}
