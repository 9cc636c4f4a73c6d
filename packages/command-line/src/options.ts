/** Options as data. A command declares each once; parsing, errors and `--help` follow from it. */

interface Described {
  /** For `--help`; the default is added to it. */
  readonly description: string;
}

/** Present or not: `--json`. */
export interface Flag extends Described {
  readonly kind: 'flag';
}

interface WithValue extends Described {
  /** How `--help` names the value: `--port <number>`. */
  readonly valueName?: string;
  /** How `--help` describes a default that is not a fixed value. */
  readonly defaultDescription?: string;
  /** Given without its name, in the order of declaration: `<id>`, or `[id]` if it may be left out. @default false */
  readonly positional?: boolean;
}

export interface Text extends WithValue {
  readonly kind: 'text';
  readonly default?: string;
  /** @default false */
  readonly required?: boolean;
  /** Only values that match are accepted. */
  readonly format?: { readonly pattern: RegExp; readonly description: string };
}

/** Text that may be given several times. */
export interface TextList extends WithValue {
  readonly kind: 'list';
}

export interface Choice extends WithValue {
  readonly kind: 'choice';
  readonly allowed: readonly string[];
  readonly default?: string;
}

export interface WholeNumber extends WithValue {
  readonly kind: 'number';
  readonly minimum: number;
  /** @default the largest whole number that is exact */
  readonly maximum?: number;
  readonly default?: number;
}

/** An absolute URL. */
export interface Url extends WithValue {
  readonly kind: 'url';
  /** For example `http:`. @default any */
  readonly protocols?: readonly string[];
}

export type ValueOption = Text | TextList | Choice | WholeNumber | Url;
export type Option = Flag | ValueOption;

/** By name in camel case: `noDemo` is `--no-demo`. */
export type Options = Readonly<Record<string, Option>>;

type TypeOf<O extends Option> = O extends Flag
  ? boolean
  : O extends TextList
    ? readonly string[]
    : O extends WholeNumber
      ? number
      : string;

type IsAlwaysGiven<O extends Option> = O extends Flag | TextList | { default: string | number } | { required: true }
  ? true
  : false;

type ValueOf<O extends Option> = IsAlwaysGiven<O> extends true ? TypeOf<O> : TypeOf<O> | undefined;

/** What a command line gives for its options. */
export type Values<O extends Options> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

/** `noDemo` → `no-demo` */
export function optionName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function placeholder(option: ValueOption): string {
  return `<${option.valueName ?? { text: 'text', list: 'text', choice: 'name', number: 'number', url: 'url' }[option.kind]}>`;
}

/** What an option accepts, to end the sentence “Allowed: …”. */
export function allowedValues(option: ValueOption): string {
  switch (option.kind) {
    case 'number':
      return option.maximum === undefined
        ? `a whole number from ${option.minimum}`
        : `a whole number from ${option.minimum} to ${option.maximum}`;
    case 'choice':
      return option.allowed.join(', ');
    case 'url':
      return option.protocols === undefined
        ? 'an absolute URL'
        : `an absolute URL that starts with ${option.protocols.map((it) => `${it}//`).join(' or ')}`;
    case 'text':
      return option.format?.description ?? 'any text';
    case 'list':
      return 'any text';
  }
}
