import { FUNCTIONS, type OutputKey, type Pattern } from '@workflows/contract';
import { PAYLOADS } from '@workflows/contract/schemas';
import type { GenericSchema } from 'valibot';
import type { Json, NamedSchema, Operation } from '../model';
import { BODY_PROBLEMS, START_PROBLEMS } from './body-problems';

/** A function as the contract has it, as far as a document tells of it. */
interface Described {
  readonly purpose: string;
  readonly trigger: { readonly kind: string; readonly routeKey?: string };
}

/** The API of a pattern, described by the catalogue alone. */
export interface CatalogueApi {
  readonly name: string;
  readonly output: OutputKey;
  readonly description: string;
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, NamedSchema>>;
}

type DescribedPattern = Pick<Pattern, 'title' | 'start' | 'example'> & { readonly id: string };

/**
 * Describes the two routes of a pattern by the catalogue alone: the route that starts an execution, and the one that
 * shows it. A pattern gets more (answers with schemas and examples) by operations of its own, which replace these.
 */
export function describeByCatalogue(
  { id, title, start, example }: DescribedPattern,
  functions: Readonly<Record<string, Described>> = FUNCTIONS,
  payloads: Readonly<Record<string, GenericSchema>> = PAYLOADS,
): CatalogueApi[] {
  if (start.kind === 'execution') {
    return [];
  }
  const schema = `${id}Body`;
  const find = (isRoute: (routeKey: string) => boolean) =>
    Object.entries(functions).filter(([, { trigger }]) => isRoute(trigger.routeKey ?? ''));
  const operation = (name: string, { purpose, trigger: { routeKey = '' } }: Described) => ({
    api: id,
    routeKey,
    operationId: name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary: purpose,
  });
  const starting = find((routeKey) => routeKey === `POST /${start.path}`);
  const starts = starting.map(
    ([name, it]): Operation => ({
      ...operation(name, it),
      parameters: start.idempotencyKey ? ['idempotencyKey'] : [],
      body: { schema, required: true, examples: { default: example as Json } },
      answers: { '202': { description: 'Started.', headers: ['Location', 'Retry-After'] } },
      problems: start.idempotencyKey ? START_PROBLEMS : BODY_PROBLEMS,
    }),
  );
  const shows = find((routeKey) => routeKey.startsWith(`GET /${start.resultPath}{`)).map(
    ([name, it]): Operation => ({
      ...operation(name, it),
      parameters: pathParameters(it.trigger.routeKey),
      answers: { '200': { description: 'The execution.' } },
      problems: { '404': ['workflow-not-found'] },
    }),
  );
  const bodies = starting.flatMap(([name]) => payloads[name] ?? []);
  return [
    {
      name: id,
      output: start.api,
      description: `The API of the pattern ${title}`,
      operations: [...starts, ...shows],
      schemas: Object.fromEntries(bodies.map((it) => [schema, { schema: it, description: `Input of ${title}.` }])),
    },
  ];
}

const pathParameters = (routeKey = ''): string[] => routeKey.match(/(?<=\{)\w+(?=\})/g) ?? [];
