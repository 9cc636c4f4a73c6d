import { type CatalogueEntry, ENTRIES, type Merged } from './catalogue/entries';

export type StackName = CatalogueEntry['stack'];

/** The stacks, in the order in which the documents present them. */
export const STACKS: readonly StackName[] = ENTRIES.map(({ stack }) => stack);

type WithStack<Entry extends CatalogueEntry> = Entry extends unknown
  ? { readonly [Key in keyof Entry['outputs']]: Entry['outputs'][Key] & { readonly stack: Entry['stack'] } }
  : never;

/** Every output of the stacks, under the key by which the tools know it. */
export const OUTPUTS = Object.fromEntries(
  ENTRIES.flatMap(({ stack, outputs }) => Object.entries(outputs).map(([key, output]) => [key, { ...output, stack }])),
) as unknown as Merged<WithStack<CatalogueEntry>>;

export type OutputKey = keyof typeof OUTPUTS;

/** The outputs of a deployment: what `cdktf deploy --outputs-file` and the embedded runtime write. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The value of one output, an endpoint with its slash at the end; `undefined` where its stack is not deployed. */
export function outputOf(outputs: StackOutputs, key: OutputKey): string | undefined {
  const { stack, name, kind } = OUTPUTS[key];
  const value = outputs[stack]?.[name];
  if (typeof value !== 'string') {
    return undefined;
  }
  return kind === 'endpoint' && !value.endsWith('/') ? `${value}/` : value;
}

/** A deployment lacks an output that is needed. */
export class MissingOutputError extends Error {
  override readonly name = 'MissingOutputError';
}

/** @throws {MissingOutputError} naming the output */
export function requireOutput(outputs: StackOutputs, key: OutputKey): string {
  const value = outputOf(outputs, key);
  if (value === undefined) {
    const { stack, name } = OUTPUTS[key];
    throw new MissingOutputError(`There is no output ${stack}.${name}. Deploy stack ${stack}.`);
  }
  return value;
}

/**
 * Reads the text of a file that `cdktf deploy --outputs-file` or the embedded runtime wrote.
 *
 * @throws {SyntaxError} saying what the file should hold
 */
export function parseOutputs(json: string): StackOutputs {
  const outputs: unknown = JSON.parse(json);
  if (!isOutputs(outputs)) {
    throw new SyntaxError(
      'The outputs file must contain {"<stack>": {"<output>": "<text>"}}, as cdktf deploy --outputs-file writes it',
    );
  }
  return outputs;
}

function isOutputs(value: unknown): value is StackOutputs {
  return isObject(value) && Object.values(value).every((stack) => isObject(stack));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
