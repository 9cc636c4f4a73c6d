import { type Command, WRONG_USAGE } from './command';
import { allowedValues, type Option, optionName, placeholder } from './options';

const WIDTH = 120;

/** The text of `--help`. */
export function help(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]): Row => [label(name, option), describe(option)]);
  const named = [...rows.filter(([name]) => name.startsWith('--')), ['--help', 'show this'] as const];
  const args = rows.filter(([name]) => !name.startsWith('--'));
  const codes = { ...command.exitCodes, [command.wrongUsage ?? WRONG_USAGE]: wrongUsage(command) };
  const usage = ['Usage:', command.name, ...args.map(([name]) => name), '[options]'].join(' ');
  const blocks = [
    usage,
    command.description,
    ...(args.length > 0 ? [`Arguments:\n${table(args)}`] : []),
    `Options:\n${table(named)}`,
    ...(command.notes === undefined ? [] : [command.notes]),
    `Exit codes:\n${table(Object.entries(codes))}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

type Row = readonly [name: string, description: string];

function wrongUsage({ exitCodes, wrongUsage: code = WRONG_USAGE }: Command): string {
  const other = exitCodes[code];
  return other === undefined ? 'invalid usage' : `${other}, or invalid usage`;
}

function label(name: string, option: Option): string {
  const text = optionName(name);
  if (option.kind === 'flag') {
    return `--${text}`;
  }
  if (option.positional === true) {
    return option.kind === 'text' && option.required === true ? `<${text}>` : `[${text}]`;
  }
  return `--${text} ${placeholder(option)}`;
}

function describe(option: Option): string {
  if (option.kind === 'flag') {
    return option.description;
  }
  const allowed = option.kind === 'choice' ? `: ${allowedValues(option)}` : '';
  const fixed = 'default' in option ? option.default : undefined;
  const otherwise = option.defaultDescription ?? fixed;
  return `${option.description}${allowed}${otherwise === undefined ? '' : ` (default: ${otherwise})`}`;
}

/** Names in one column, their descriptions, wrapped, in the other. */
function table(rows: readonly Row[]): string {
  const column = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows
    .flatMap(([name, description]) =>
      wrap(description, WIDTH - column).map(
        (line, index) => `${(index === 0 ? `  ${name}` : '').padEnd(column)}${line}`,
      ),
    )
    .join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
