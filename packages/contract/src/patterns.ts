import type { OutputKind, PatternDefinition } from './catalogue/define';
import { type CatalogueEntry, ENTRIES } from './catalogue/entries';
import type { OUTPUTS, OutputKey, StackName } from './outputs';
import { ROUTES } from './routes';

/** The outputs of one kind. */
type KeyOf<Kind extends OutputKind> = {
  [Key in OutputKey]: (typeof OUTPUTS)[Key]['kind'] extends Kind ? Key : never;
}[OutputKey];

type Definitions = CatalogueEntry['patterns'][number];

export type PatternId = Definitions['id'];

export type StateMachineName = Definitions['stateMachineName'];

/** A `POST` to a path below an API's endpoint. */
interface ApiStart {
  readonly kind: 'api';
  readonly api: KeyOf<'endpoint'>;
  readonly path: string;
  /** The field of the answer with the name of the execution. */
  readonly idField: 'id' | 'taskId' | 'name';
  /** The path of the `GET` that shows the execution, up to that name. */
  readonly resultPath: string;
  /** Whether the route takes `Idempotency-Key`; a route that does not has a name in its body. */
  readonly idempotencyKey: boolean;
}

/** One pattern of this repository, as every tool presents and runs it. */
export interface Pattern extends Omit<PatternDefinition, 'start'> {
  readonly id: PatternId;
  readonly stack: StackName;
  readonly start: ApiStart | { readonly kind: 'execution' };
  readonly stateMachine: KeyOf<'stateMachineArn'>;
  readonly stateMachineName: StateMachineName;
}

/** The path of a route without its method and parameter, relative to the API's endpoint. */
const pathOf = (name: string): string =>
  (ROUTES as Readonly<Record<string, string>>)[name]?.replace(/^\w+ \/|\{\w+\}$/g, '') ?? '';

function toPattern(stack: string, { start, ...pattern }: PatternDefinition) {
  if (start.kind === 'execution') {
    return { ...pattern, stack, start };
  }
  const { kind, api, starts, shows, idField, idempotencyKey } = start;
  return {
    ...pattern,
    stack,
    start: { kind, api, path: pathOf(starts), idField, resultPath: pathOf(shows), idempotencyKey },
  };
}

/** Every pattern, as the entries of the catalogue define them. */
export const PATTERNS = ENTRIES.flatMap(({ stack, patterns }) =>
  patterns.map((pattern) => toPattern(stack, pattern)),
) as readonly Pattern[];

/** Names of the state machines, without the deployment's prefix. */
export const STATE_MACHINES = Object.fromEntries(
  PATTERNS.map(({ id, stateMachineName }) => [id, stateMachineName]),
) as Readonly<Record<PatternId, StateMachineName>>;
