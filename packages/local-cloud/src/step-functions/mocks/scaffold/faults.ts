import {
  branchesOf,
  type Definition,
  parseTaskResource,
  type Retrier,
  type State,
  statesOf,
} from '@workflows/states-language';

/** An error that a state is to meet, so that one of its retriers or catchers does its work. */
export interface Fault {
  /** The state whose handler it is. */
  readonly owner: string;
  /** Where a caught error leads; `undefined` for a retrier. */
  readonly next: string | undefined;
  /** The task that throws: the owner itself, or one inside of it. */
  readonly thrower: string;
  readonly error: string;
  /** In how many attempts. */
  readonly times: number;
}

/** Of more attempts than these, a rehearsal would take its time. */
const MAX_TIMES = 20;

/** One for each retrier and for each catcher that can be reached by an error of a task. */
export function faultsOf(definition: Definition): Fault[] {
  return [...statesOf(definition)].flatMap(({ name, state }) => {
    const { catchers, retriers } = handlersOf(state);
    const thrower = throwerIn(name, state);
    if (thrower === undefined) {
      return [];
    }
    const fault = (rest: Omit<Fault, 'owner' | 'thrower'>): Fault => ({ owner: name, thrower: thrower.name, ...rest });
    // A task inside handles its errors by itself before the state around it hears of them.
    const inside = thrower.name === name ? NOTHING : handlersOf(thrower.state);
    const handled = inside.catchers.map(({ ErrorEquals }) => ErrorEquals);
    const retries = retriers.flatMap((retrier, index) => {
      const earlier = retriers.slice(0, index).map(({ ErrorEquals }) => ErrorEquals);
      const error = errorFor(retrier.ErrorEquals, [...earlier, ...handled], thrower.state);
      const times = error === undefined ? 0 : 1 + retriesOf(inside.retriers, error);
      return error === undefined || retrier.MaxAttempts === 0 || times > MAX_TIMES
        ? []
        : [fault({ error, next: undefined, times })];
    });
    const catches = catchers.flatMap(({ ErrorEquals, Next }, index) => {
      const earlier = [...catchers.slice(0, index).map((catcher) => catcher.ErrorEquals), ...handled];
      const retried = [...retriers, ...inside.retriers].map((retrier) => retrier.ErrorEquals);
      const error =
        errorFor(ErrorEquals, [...earlier, ...retried], thrower.state) ?? errorFor(ErrorEquals, earlier, thrower.state);
      const times =
        error === undefined ? 0 : (1 + retriesOf(retriers, error)) * (1 + retriesOf(inside.retriers, error));
      return error === undefined || times > MAX_TIMES ? [] : [fault({ error, next: Next, times })];
    });
    return [...retries, ...catches];
  });
}

const NOTHING: Handlers = { catchers: [], retriers: [] };

interface Handlers {
  readonly catchers: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly retriers: readonly Retrier[];
}

function handlersOf(state: State): Handlers {
  const { Catch: catchers = [], Retry: retriers = [] } = 'Retry' in state || 'Catch' in state ? state : {};
  return { catchers, retriers };
}

/** What throws the error that the state meets: of a Parallel or Map state that calls nothing, the first task inside. */
function throwerIn(name: string, state: State): { readonly name: string; readonly state: State } | undefined {
  if (state.Type === 'Task' || readsItems(state)) {
    return { name, state };
  }
  for (const [, branch] of branchesOf(state)) {
    for (const [inner, innerState] of Object.entries<State>(branch.States)) {
      const thrower = throwerIn(inner, innerState);
      if (thrower !== undefined) {
        return thrower;
      }
    }
  }
  return undefined;
}

const readsItems = (state: State): boolean => state.Type === 'Map' && state.ItemReader !== undefined;

function retriesOf(retriers: readonly Retrier[], error: string): number {
  const retrier = retriers.find(({ ErrorEquals }) => covers(ErrorEquals, error));
  return retrier === undefined ? 0 : (retrier.MaxAttempts ?? 3);
}

/** An error that the names stand for, and none of the earlier names. */
function errorFor(
  names: readonly string[],
  earlier: readonly (readonly string[])[],
  thrower: State,
): string | undefined {
  const general = thrower.Type === 'Task' ? generalErrors(thrower.Resource) : ['States.ItemReaderFailed'];
  const candidates = names.flatMap((name) =>
    name === 'States.ALL' || name === 'States.TaskFailed' ? general : [name],
  );
  return candidates.find((error) => !earlier.some((other) => covers(other, error)));
}

const NOT_IN_ALL = new Set(['States.DataLimitExceeded', 'States.Runtime']);

function covers(names: readonly string[], error: string): boolean {
  return names.some(
    (name) =>
      name === error ||
      (name === 'States.ALL' && !NOT_IN_ALL.has(error)) ||
      (name === 'States.TaskFailed' && !NOT_IN_ALL.has(error) && error !== 'States.Timeout'),
  );
}

/** Errors that a service may answer, and the one of a task of any service. */
const SERVICE_ERRORS: Readonly<Record<string, string>> = {
  apigateway: 'ApiGateway.500',
  athena: 'Athena.InternalServerException',
  dynamodb: 'DynamoDB.InternalServerErrorException',
  events: 'EventBridge.InternalException',
  http: 'Http.StatusCode.503',
  lambda: 'Lambda.ServiceException',
  sns: 'SNS.InternalErrorException',
  sqs: 'SQS.SdkClientException',
  states: 'StepFunctions.ExecutionLimitExceededException',
};

function generalErrors(resource: string): string[] {
  const { pattern, service } = parseTaskResource(resource);
  const own = SERVICE_ERRORS[service.replace('aws-sdk:', '')];
  return pattern === 'REQUEST_RESPONSE' && own !== undefined
    ? [own, 'States.TaskFailed']
    : ['States.TaskFailed', 'ExampleError'];
}
