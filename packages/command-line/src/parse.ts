import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Command } from './command';
import { UsageError } from './errors';
import { allowedValues, type Option, type Options, optionName, type ValueOption, type Values } from './options';

/**
 * Reads a command line.
 *
 * @param args - without node and script
 * @returns `'help'` if `--help` was given
 * @throws {UsageError}
 */
export function parse<O extends Options>(command: Command<O>, args: readonly string[]): Values<O> | 'help' {
  const declared = new Map(Object.entries<Option>(command.options).map(([name, it]) => [optionName(name), it]));
  const { given, positionals } = split(args, declared);
  if (given.has('help')) {
    return 'help';
  }
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries<Option>(command.options)) {
    const texts = given.get(optionName(name));
    values[name] = option.kind === 'flag' ? texts !== undefined : optionValue(name, option, texts ?? [], positionals);
  }
  const [surplus] = positionals;
  if (surplus !== undefined) {
    throw new UsageError(`Unexpected argument ${JSON.stringify(surplus)}.`);
  }
  return values as Values<O>;
}

interface Split {
  /** The values of each option, in the order in which they were given. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly positionals: string[];
}

function split(args: readonly string[], declared: ReadonlyMap<string, Option>): Split {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, option] of declared) {
    if (!isPositional(option)) {
      options[name] = { type: option.kind === 'flag' ? 'boolean' : 'string' };
    }
  }
  // Not `strict`: its errors do not say what was received. A package manager may pass its separator on.
  const { tokens } = parseArgs({
    args: args.filter((it) => it !== '--'),
    options,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      positionals.push(token.value);
    } else if (token.kind === 'option') {
      const isFlag = options[token.name]?.type === 'boolean';
      const value = isFlag ? flagText(token) : valueText(token, declared.get(token.name));
      given.set(token.name, [...(given.get(token.name) ?? []), value]);
    }
  }
  return { given, positionals };
}

interface OptionToken {
  /** As it was typed, without the value. */
  readonly rawName: string;
  readonly value?: string | undefined;
  /** `--port=1`, not `--port 1`. */
  readonly inlineValue?: boolean | undefined;
}

function flagText({ rawName, value }: OptionToken): string {
  if (value !== undefined) {
    throw new UsageError(`${rawName} is ${JSON.stringify(value)}. It takes no value.`);
  }
  return '';
}

function valueText({ rawName, value, inlineValue }: OptionToken, option: Option | undefined): string {
  if (option === undefined || option.kind === 'flag' || isPositional(option)) {
    throw new UsageError(`Unknown option ${rawName}.`);
  }
  // `--directory --json`: the value was forgotten. `--port -1` is a value, of which its option says what is wrong.
  if (value === undefined || (inlineValue !== true && value.startsWith('--'))) {
    throw new UsageError(`${rawName} has no value. Allowed: ${allowedValues(option)}.`);
  }
  return value;
}

const isPositional = (option: Option): boolean => option.kind !== 'flag' && option.positional === true;

/** Takes its text out of `positionals` if it is given without its name. */
function optionValue(
  name: string,
  option: ValueOption,
  texts: readonly string[],
  positionals: string[],
): string | number | readonly string[] | undefined {
  if (option.kind === 'list') {
    return texts;
  }
  const shown = isPositional(option) ? `<${optionName(name)}>` : `--${optionName(name)}`;
  const text = isPositional(option) ? positionals.shift() : texts.at(-1);
  if (text === undefined) {
    if (option.kind === 'text' && option.required === true) {
      throw new UsageError(`${shown} is missing.`);
    }
    return 'default' in option ? option.default : undefined;
  }
  const value = read(option, text);
  if (value === undefined) {
    throw new UsageError(`${shown} is ${JSON.stringify(text)}. Allowed: ${allowedValues(option)}.`);
  }
  return value;
}

/** @returns `undefined` when the text is not allowed */
function read(option: Exclude<ValueOption, { kind: 'list' }>, text: string): string | number | undefined {
  switch (option.kind) {
    case 'number': {
      const { minimum, maximum = Number.MAX_SAFE_INTEGER } = option;
      const value = Number(text);
      return /^\d+$/.test(text) && value >= minimum && value <= maximum ? value : undefined;
    }
    case 'choice':
      return option.allowed.includes(text) ? text : undefined;
    case 'url':
      return URL.canParse(text) && (option.protocols?.includes(new URL(text).protocol) ?? true) ? text : undefined;
    case 'text':
      return (option.format?.pattern.test(text) ?? true) ? text : undefined;
  }
}
