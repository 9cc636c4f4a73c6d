import { format } from 'node:util';

const LEVELS = { debug: 'DEBUG', error: 'ERROR', info: 'INFO', log: 'INFO', trace: 'TRACE', warn: 'WARN' } as const;

/**
 * Sends what the function writes to `write`, in order. `console` lines get the time, request id and level that Lambda's
 * text format puts before them.
 */
export function captureLogs(write: (text: string) => void, currentRequestId: () => string | undefined): void {
  const sink = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
    write(typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8'));
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') {
      process.nextTick(done as () => void);
    }
    return true;
  };
  process.stdout.write = sink as typeof process.stdout.write;
  process.stderr.write = sink as typeof process.stderr.write;
  for (const [method, level] of Object.entries(LEVELS)) {
    globalThis.console[method as keyof typeof LEVELS] = (...values: unknown[]) => {
      const time = new Date().toISOString();
      write(`${time}\t${currentRequestId() ?? 'undefined'}\t${level}\t${format(...values)}\n`);
    };
  }
}
