import type { NodeFunction, NodeFunctionProps } from '@workflows/constructs';
import type { FunctionEnvironment, FunctionName } from '@workflows/contract';
import { deploymentOf } from '@workflows/handlers/deployment';

/** The functions of a callback task, one for each event in its life. */
export const CALLBACK_FUNCTIONS = [
  /** Stores the task token, then calls the external service. */
  'call-external',
  /** Receives the outcome from the external service. */
  'complete-task',
  /** Receives a heartbeat from the external service. */
  'heartbeat-task',
  /** Shows a task to its client. */
  'get-task',
  /** Decides how a failed wait ends: a recorded outcome wins. */
  'settle-task',
  /** Closes the record of an execution that was stopped from outside. */
  'close-task',
  /** Publishes the age of the oldest waiting task. Called every five minutes. */
  'measure-waiting',
] as const satisfies readonly FunctionName[];
export type CallbackFunctionName = (typeof CALLBACK_FUNCTIONS)[number];

export type CallbackFunctions = Readonly<Record<CallbackFunctionName, NodeFunction>>;

/** Creates a function under the id, such as `CallExternal`. */
export type CreateFunction = (id: string, props: NodeFunctionProps) => NodeFunction;

export interface CallbackFunctionsProps {
  readonly namePrefix: string;
  readonly environments: { readonly [Name in CallbackFunctionName]: FunctionEnvironment<Name> };
  readonly overrides: Partial<Record<CallbackFunctionName, Partial<NodeFunctionProps>>>;
  readonly createFunction: CreateFunction;
}

/** Creates every function, by default from the bundles of `@workflows/handlers`. */
export function createFunctions(props: CallbackFunctionsProps): CallbackFunctions {
  const { createFunction, environments, namePrefix, overrides } = props;
  const create = <Name extends CallbackFunctionName>(name: Name): NodeFunction => {
    const deployment = deploymentOf(name, environments[name]);
    const override: Partial<NodeFunctionProps> = overrides[name] ?? {};
    return createFunction(pascalCase(name), {
      name: `${namePrefix}-${name}`,
      ...deployment,
      ...override,
      environment: { ...deployment.environment, ...override.environment },
    });
  };
  const created = CALLBACK_FUNCTIONS.map((name) => [name, create(name)] as const);
  return Object.fromEntries(created) as CallbackFunctions;
}

const pascalCase = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
