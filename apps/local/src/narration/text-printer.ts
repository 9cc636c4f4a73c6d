import { styleText } from 'node:util';
import type { Printer } from './printer';
import type { Step } from './steps';

const MAX_RESULT_LENGTH = 200;

const COLOURS = { bad: 'red', good: 'green', info: 'reset', wait: 'yellow' } as const;

/** A timeline for people. Times count from the pattern's start. */
export function textPrinter(write: (text: string) => void, now: () => number, colours: boolean): Printer {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  let patternStartedMs = now();
  const time = () => `${((now() - patternStartedMs) / 1000).toFixed(2)} s`.padStart(8);
  return {
    console: (url) => {
      write(`Console  ${paint('bold', url)}\n`);
    },
    ready: ({ endpoint }, startedInMs) => {
      write(`Serving ${paint('bold', endpoint)} and the HTTP APIs, ready after ${(startedInMs / 1000).toFixed(1)} s\n`);
    },
    pattern: (title) => {
      patternStartedMs = now();
      write(`\n${paint('bold', title)}\n`);
    },
    step: (step) => {
      const text = paint(COLOURS[step.kind], `${SYMBOLS[step.kind]} ${step.text}`);
      write(`${paint('dim', time())}  ${paint('cyan', label(step).padEnd(34))} ${text}${shorten(step.result)}\n`);
    },
    result: ({ ok, pattern, problem }) => {
      write(`${time()}  ${ok ? paint('green', `✔ ${pattern}`) : paint('red', `✘ ${pattern}: ${problem}`)}\n`);
    },
    guide: (text) => write(text),
  };
}

const SYMBOLS = { bad: '✘', good: '✔', info: '·', wait: '…' } as const;

/** The machine and enough of the execution's name to tell two apart; children are named after their parent and an index. */
function label({ name, who }: Step): string {
  if (name === undefined) {
    return who;
  }
  const child = /-(\d+)-[\da-f]{24}$/.exec(name)?.[1];
  return `${who} ${name.slice(0, 8)}${child === undefined ? '' : ` #${child}`}`;
}

function shorten(result: string | undefined): string {
  if (result === undefined) {
    return '';
  }
  return ` ${result.length > MAX_RESULT_LENGTH ? `${result.slice(0, MAX_RESULT_LENGTH)}…` : result}`;
}
