import type { TaskState as TaskDocument } from '../document/state-machine';
import { passesTaskToken } from '../document/task-token';
import { expressionSource, isExpression } from '../document/template';
import { type Evaluator, then } from '../evaluation';
import { runtimeError } from '../failures';
import { eventResourceName, parseTaskResource } from '../integrations/task-resource';
import { compileExpression, requireType } from '../jsonata/expression';
import { compileJsonataTemplate } from '../jsonata/template';
import { parsePath } from '../jsonpath/parse-path';
import { compileTemplate } from '../jsonpath/payload-template';
import { DEFAULT_RETRY_BACKOFF_RATE, DEFAULT_RETRY_INTERVAL_SECONDS, DEFAULT_RETRY_MAX_ATTEMPTS } from '../limits';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import { compileDistributed } from './compile-distributed';
import { compileDecimal, compileInteger, compileOutput, compileString, type Source, secondsField } from './fields';
import { compileAssign, compileFlow, compileParameters, compileResultPath, nextOf } from './flow';
import type { Catcher, Machine, MapState, ParallelState, Retrier, TaskState } from './program';

/** Compiles what is inside a state, in the language of the state machine. */
type CompileBranch = (definition: JsonObject) => Machine;

export function compileTask(name: string, source: Source): TaskState {
  const { fields } = source;
  const resource = parseTaskResource(fields.Resource as string);
  return {
    type: 'Task',
    ...compileRetryable(name, source),
    resource,
    identity: { resourceType: resource.service, resource: eventResourceName(resource) },
    passesTaskToken: passesTaskToken(fields as unknown as TaskDocument),
    timeoutSeconds: compileInteger(source, secondsField('TimeoutSeconds', 1)),
    heartbeatSeconds: compileInteger(source, secondsField('HeartbeatSeconds', 1)),
    credentialsRoleArn: compileCredentials(source),
  };
}

function compileCredentials({ fields, language }: Source): Evaluator<string> | undefined {
  const credentials = fields.Credentials;
  if (!isObject(credentials)) {
    return undefined;
  }
  if (language === 'JSONata') {
    return compileString({ fields: credentials, language }, 'RoleArn');
  }
  const evaluate = compileTemplate(credentials);
  return (scope) =>
    then(evaluate(scope), (value) => {
      const roleArn = (value as JsonObject).RoleArn;
      if (typeof roleArn !== 'string') {
        throw runtimeError(`The RoleArn of Credentials must be a string but was: ${JSON.stringify(roleArn)}`);
      }
      return roleArn;
    });
}

export function compileParallel(name: string, source: Source, compileBranch: CompileBranch): ParallelState {
  const branches = source.fields.Branches as JsonObject[];
  return {
    type: 'Parallel',
    ...compileRetryable(name, source),
    branches: branches.map(compileBranch),
  };
}

export function compileMap(name: string, source: Source, compileBranch: CompileBranch): MapState {
  const { fields } = source;
  const processor = (fields.ItemProcessor ?? fields.Iterator) as JsonObject;
  const itemsPath = fields.ItemsPath;
  const machine = compileBranch(processor);
  return {
    type: 'Map',
    ...compileRetryable(name, source),
    // A Map's Parameters are its ItemSelector under the name that the field had first.
    parameters: undefined,
    processor: machine,
    distributed: compileDistributed(source, machine),
    items: compileItems(source),
    itemsPath: typeof itemsPath === 'string' ? parsePath(itemsPath) : undefined,
    itemSelector: compileItemSelector(source),
    maxConcurrency: compileInteger(source, { name: 'MaxConcurrency', minimum: Number.NEGATIVE_INFINITY }),
    toleratedFailureCount: compileInteger(source, { name: 'ToleratedFailureCount', minimum: Number.NEGATIVE_INFINITY }),
    toleratedFailurePercentage: compileDecimal(source, {
      name: 'ToleratedFailurePercentage',
      minimum: Number.NEGATIVE_INFINITY,
    }),
  };
}

/** `Items` of a JSONata Map: an array, or an object, each of whose key-value pairs is an item. */
function compileItems({ fields, language }: Source): Evaluator | undefined {
  const items = fields.Items;
  if (items === undefined || language === 'JSONPath') {
    return undefined;
  }
  if (!isExpression(items)) {
    return compileJsonataTemplate(items, 'Items');
  }
  const text = expressionSource(items);
  const evaluate = compileExpression(text, 'Items');
  const iterable = (value: JsonValue): value is JsonValue[] | JsonObject => Array.isArray(value) || isObject(value);
  return (scope) => then(evaluate(scope), (value) => requireType(value, 'array', iterable, text, 'Items'));
}

function compileItemSelector({ fields, language }: Source): Evaluator | undefined {
  const selector = fields.ItemSelector;
  if (language === 'JSONata') {
    return selector === undefined ? undefined : compileJsonataTemplate(selector, 'ItemSelector');
  }
  const template = selector ?? fields.Parameters;
  return template === undefined ? undefined : compileTemplate(template);
}

function compileRetryable(name: string, source: Source): Omit<ParallelState, 'type' | 'branches'> {
  const { fields, language } = source;
  const retriers = (fields.Retry ?? []) as JsonObject[];
  const catchers = (fields.Catch ?? []) as JsonObject[];
  return {
    name,
    language,
    flow: compileFlow(source),
    parameters: compileParameters(source),
    retriers: retriers.map(compileRetrier),
    catchers: catchers.map((catcher, index) => compileCatcher({ fields: catcher, language }, `Catch[${index}]`)),
    ...nextOf(fields),
  };
}

function compileRetrier(retrier: JsonObject): Retrier {
  return {
    errorEquals: retrier.ErrorEquals as string[],
    intervalSeconds: (retrier.IntervalSeconds as number | undefined) ?? DEFAULT_RETRY_INTERVAL_SECONDS,
    maxAttempts: (retrier.MaxAttempts as number | undefined) ?? DEFAULT_RETRY_MAX_ATTEMPTS,
    backoffRate: (retrier.BackoffRate as number | undefined) ?? DEFAULT_RETRY_BACKOFF_RATE,
    fullJitter: retrier.JitterStrategy === 'FULL',
    maxDelaySeconds: retrier.MaxDelaySeconds as number | undefined,
  };
}

function compileCatcher(source: Source, location: string): Catcher {
  const { fields } = source;
  return {
    errorEquals: fields.ErrorEquals as string[],
    next: fields.Next as string,
    resultPath: compileResultPath(fields.ResultPath),
    output: compileOutput(source, `${location}/Output`),
    assign: compileAssign(source, `${location}/Assign`),
  };
}
