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
