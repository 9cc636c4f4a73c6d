import type { FunctionDefinition } from './catalogue/define';
import { type CatalogueEntry, ENTRIES, type Merged } from './catalogue/entries';
import { API_FUNCTION_TIMEOUT_SECONDS } from './limits';

/** The functions that every stack with an API has. */
const SHARED_FUNCTIONS = {
  'route-fallback': {
    purpose: 'Answers 404 or 405 to requests that match no route',
    trigger: { kind: 'fallback' },
    environment: ['API_ROUTES'],
    permissions: [],
  },
} as const satisfies Readonly<Record<string, FunctionDefinition>>;

export type FunctionDefinitions = Merged<CatalogueEntry['functions']> & typeof SHARED_FUNCTIONS;

export type FunctionName = keyof FunctionDefinitions;

/** What a deployment configures for a function. */
export type FunctionContract = FunctionDefinition & { readonly timeoutSeconds: number };

const withTimeout = ([name, definition]: readonly [string, FunctionDefinition]): [string, FunctionContract] => [
  name,
  { timeoutSeconds: API_FUNCTION_TIMEOUT_SECONDS, ...definition },
];

const definitions: readonly Readonly<Record<string, FunctionDefinition>>[] = [
  ...ENTRIES.map(({ functions }) => functions),
  SHARED_FUNCTIONS,
];

/** Every function that is deployed. The name is also that of its bundle and its `POWERTOOLS_SERVICE_NAME`. */
export const FUNCTIONS = Object.fromEntries(
  definitions.flatMap((functions) => Object.entries(functions).map(withTimeout)),
) as Readonly<Record<FunctionName, FunctionContract>>;
