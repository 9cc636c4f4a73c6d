import { DEFAULT_NAMES } from './limits';
import type { OUTPUTS, OutputKey, OutputKind, StackName } from './outputs';
import { ROUTES } from './routes';
import { STATE_MACHINES, type StateMachineName } from './state-machines';

/** The outputs of one kind. */
type KeyOf<Kind extends OutputKind> = {
  [Key in OutputKey]: (typeof OUTPUTS)[Key]['kind'] extends Kind ? Key : never;
}[OutputKey];

/** A `POST` to a path below an API's endpoint. */
interface ApiStart {
  readonly kind: 'api';
  readonly api: KeyOf<'endpoint'>;
  readonly path: string;
  /** Whether the route takes `Idempotency-Key`; a route that does not has a name in its body. */
  readonly idempotencyKey: boolean;
}

/** How a pattern is started: through its API, or through `StartExecution` where it has none. */
type Start = ApiStart | { readonly kind: 'execution' };

/** One pattern of this repository, as every tool presents and runs it. */
export interface Pattern {
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly stack: StackName;
  readonly start: Start;
  /** The output with the ARN of the state machine that a start executes. */
  readonly stateMachine: KeyOf<'stateMachineArn'>;
  readonly stateMachineName: StateMachineName;
  /** Example input: the body of the `POST`, or the input of the execution. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** The path of a route without its method, relative to the API's endpoint. */
const pathOf = (name: keyof typeof ROUTES): string => ROUTES[name].replace(/^POST \//, '');

const defineAll = <const Patterns extends readonly Pattern[]>(patterns: Patterns): Patterns => patterns;

/** The catalogue: whoever adds a pattern adds one entry, and every tool knows it. */
export const PATTERNS = defineAll([
  {
    id: 'lambda',
    title: 'Lambda workflow',
    description: 'A function generates Fibonacci numbers, and a Map adds 7 to each of them.',
    stack: 'WorkflowsLambdaStack',
    start: { kind: 'execution' },
    stateMachine: 'lambdaStateMachine',
    stateMachineName: STATE_MACHINES.lambda,
    example: { count: 7 },
  },
  {
    id: 'idempotent',
    title: 'Idempotent start',
    description: 'The same name and input start one execution, however often they are sent.',
    stack: 'WorkflowIdempotentStack',
    start: { kind: 'api', api: 'idempotentApi', path: pathOf('start-idempotent-workflow'), idempotencyKey: false },
    stateMachine: 'idempotentStateMachine',
    stateMachineName: STATE_MACHINES.idempotent,
    example: { name: 'invoice-17', input: { amount: 12 } },
  },
  {
    id: 'task',
    title: 'Asynchronous task',
    description: 'A workflow calls an external service and waits for its callback.',
    stack: 'WorkflowsStack',
    start: { kind: 'api', api: 'workflowApi', path: pathOf('start-task'), idempotencyKey: true },
    stateMachine: 'workflowStateMachine',
    stateMachineName: STATE_MACHINES.workflow,
    example: { input: { order: 17 } },
  },
  {
    id: 'composite',
    title: 'Composite workflow',
    description: 'One sub-workflow for each name, all at the same time.',
    stack: 'WorkflowsStack',
    start: { kind: 'api', api: 'workflowApi', path: pathOf('start-composite-workflow'), idempotencyKey: true },
    stateMachine: 'compositeStateMachine',
    stateMachineName: STATE_MACHINES.composite,
    example: { names: DEFAULT_NAMES },
  },
]);

export type PatternId = (typeof PATTERNS)[number]['id'];
