import { DURATION_UNITS, formatDuration, messageOfCause } from '@workflows/inspector/format';

export { formatDuration as duration, messageOfCause };

/** A duration that ticks: whole seconds only, so that it does not flicker. */
export function ticking(ms: number): string {
  return ms < 10_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : formatDuration(ms);
}

/** How long ago, by the largest unit. */
export function ago(ms: number): string {
  for (const [unit, length] of DURATION_UNITS) {
    if (ms >= length) {
      return `${Math.floor(ms / length)} ${unit} ago`;
    }
  }
  return 'just now';
}

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Date and time of day. */
export const instant = (at: number): string => CLOCK.format(at);

const count = new Intl.NumberFormat('en');

/** A count for people: `10,000`. */
export const number = (value: number): string => count.format(value);

/** JSON text, laid out; other text as it is. Numbers keep their digits: large ones are not parsed. */
export function pretty(text: string): string {
  try {
    if (/[0-9]{16,}/.test(text)) {
      return text;
    }
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
