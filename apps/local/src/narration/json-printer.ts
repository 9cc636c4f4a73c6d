import type { Printer } from './printer';

/** One JSON document a line. */
export function jsonPrinter(write: (text: string) => void, now: () => number): Printer {
  const line = (type: string, content: object) =>
    write(`${JSON.stringify({ type, time: new Date(now()).toISOString(), ...content })}\n`);
  return {
    console: (url) => line('console', { url }),
    ready: ({ credentials, endpoint, outputs, region }, startedInMs) =>
      line('ready', { endpoint, region, credentials, outputs, startedInMs }),
    pattern: (title) => line('pattern', { title }),
    step: (step) => line('step', step),
    result: (result) => line('result', result),
    guide: () => undefined,
  };
}
