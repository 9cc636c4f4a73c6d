import {
  type Definition,
  isExpression,
  type LocatedState,
  parseTaskResource,
  statesOf,
  type TaskResource,
  type TaskState,
  type Template,
} from '@workflows/states-language';
import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { dynamicIntegrationTarget, unknownPermissions, unusedPermissions } from './errors';
import { type CalledTask, TASK_PERMISSIONS } from './integrations';
import type { PolicyStatement } from './policy';
import { arnOf, attributeOf } from './reference';

/** Permissions that the construct cannot compute, by the name of a state or by a `Resource`. */
export type ExplicitPermissions = Readonly<Record<string, readonly PolicyStatement[]>>;

/**
 * Permissions that the role of a state machine needs for its states: exactly those that the definition requires.
 *
 * @throws {ConstructError} naming the state whose permissions can neither be computed nor are given.
 */
export function permissionsOf(
  scope: Construct,
  definition: Definition,
  explicit: ExplicitPermissions,
): readonly PolicyStatement[] {
  const located = [...statesOf(definition)];
  const used = new Set<string>();
  const statements = located.flatMap(({ name, state }) => {
    const resource = state.Type === 'Task' ? state.Resource : undefined;
    const key = [name, resource].find((it) => it !== undefined && Object.hasOwn(explicit, it));
    if (key !== undefined) {
      used.add(key);
      return explicit[key] ?? [];
    }
    return computed(scope, name, state);
  });
  const unused = Object.keys(explicit).find((key) => !used.has(key));
  if (unused !== undefined) {
    throw unusedPermissions(
      scope.node.path,
      unused,
      located.map(({ name }) => name),
    );
  }
  return statements;
}

function computed(scope: Construct, name: string, state: LocatedState['state']): readonly PolicyStatement[] {
  if (state.Type === 'Map') {
    const processor = state.ItemProcessor ?? state.Iterator;
    if (processor?.ProcessorConfig?.Mode === 'DISTRIBUTED') {
      throw unknownPermissions(scope.node.path, name, 'a distributed Map');
    }
    return [];
  }
  if (state.Type !== 'Task') {
    return [];
  }
  if (state.Credentials !== undefined) {
    const { RoleArn: role } = state.Credentials;
    const roleArn = typeof role === 'string' && !isExpression(role) ? arnOf(scope, role) : undefined;
    if (roleArn === undefined) {
      throw dynamicIntegrationTarget(scope.node.path, name, 'Credentials', state.Credentials);
    }
    return [{ actions: ['sts:AssumeRole'], resources: [roleArn] }];
  }
  const resource = resourceOf(scope, state.Resource);
  const compute = resource === undefined ? undefined : TASK_PERMISSIONS[`${resource.service}:${resource.action}`];
  if (resource === undefined || compute === undefined) {
    throw unknownPermissions(scope.node.path, name, JSON.stringify(state.Resource));
  }
  return compute(calledTask(scope, name, state, resource));
}

/** Parses a `Resource`, including references to a function or an activity of the stack. */
export function resourceOf(scope: Construct, arn: string): TaskResource | undefined {
  if (!Token.isUnresolved(arn)) {
    return parseTaskResource(arn);
  }
  switch (attributeOf(scope, arn)?.type) {
    case 'aws_lambda_function':
    case 'aws_lambda_alias':
      return { arn, service: 'lambda', action: 'function', pattern: 'REQUEST_RESPONSE' };
    case 'aws_sfn_activity':
      return { arn, service: 'states', action: 'activity', pattern: 'REQUEST_RESPONSE' };
    default:
      return undefined;
  }
}

/** Arguments that hold an ARN, so that a token which is computed stands for one. */
const HOLDS_ARN = /Arn$|^FunctionName$/;

function calledTask(scope: Construct, name: string, state: TaskState, { arn, pattern }: TaskResource): CalledTask {
  const given = argumentsOf(state);
  const known = (value: unknown) =>
    typeof value === 'string' && !isExpression(value) ? arnOf(scope, value) : undefined;
  const refuse = (argument: string): never => {
    throw dynamicIntegrationTarget(scope.node.path, name, argument, given[argument] ?? given[`${argument}.$`]);
  };
  return {
    pattern,
    resource: arn,
    literal: (argument) => {
      const value = given[argument];
      return (typeof value === 'string' && isExpression(value)) || `${argument}.$` in given ? refuse(argument) : value;
    },
    arn: (argument) => {
      const value = given[argument];
      const isComputed =
        typeof value === 'string' && Token.isUnresolved(value) && attributeOf(scope, value) === undefined;
      return known(value) ?? (isComputed && HOLDS_ARN.test(argument) ? String(value) : refuse(argument));
    },
    unknown: refuse,
    arnOf: known,
  };
}

function argumentsOf(state: TaskState): { readonly [key: string]: Template } {
  const given = 'Arguments' in state ? state.Arguments : 'Parameters' in state ? state.Parameters : undefined;
  return typeof given === 'object' && given !== null && !Array.isArray(given)
    ? (given as { readonly [key: string]: Template })
    : {};
}
