import type { QueryLanguage } from '../document/query-language';
import type { TaskState as TaskDocument } from '../document/state-machine';
import { passesTaskToken } from '../document/task-token';
import { expressionSource, isExpression } from '../document/template';
import { type Evaluator, then } from '../evaluation';
import { queryError, runtimeError } from '../failures';
import type { JsonValue } from '../host';
import { eventResourceName, parseTaskResource } from '../integrations/task-resource';
import { compileExpression, requireType } from '../jsonata/expression';
import { compileJsonataTemplate } from '../jsonata/template';
import { parsePath } from '../jsonpath/parse-path';
import { compileTemplate } from '../jsonpath/payload-template';
import { DEFAULT_RETRY_BACKOFF_RATE, DEFAULT_RETRY_INTERVAL_SECONDS, DEFAULT_RETRY_MAX_ATTEMPTS } from '../limits';
import { isObject, type JsonObject, typeName } from '../values/json';
import { compileDecimal, compileInteger, compileOutput, compileString, type Source, secondsField } from './fields';
import { compileAssign, compileFlow, compileParameters, compileResultPath, nextOf } from './flow';
import type { Catcher, ItemBatcher, Machine, MapState, ParallelState, Retrier, TaskState } from './program';

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
  const config = processor.ProcessorConfig;
  const itemsPath = fields.ItemsPath;
  return {
    type: 'Map',
    ...compileRetryable(name, source),
    // A Map's Parameters are its ItemSelector under the name that the field had first.
    parameters: undefined,
    processor: compileBranch(processor),
    distributed: isObject(config) && config.Mode === 'DISTRIBUTED',
    label: fields.Label as string | undefined,
    items: compileItems(source),
    unsupported: compileS3(source),
    itemsPath: typeof itemsPath === 'string' ? parsePath(itemsPath) : undefined,
    itemSelector: compileItemSelector(source),
    itemBatcher: compileItemBatcher(source),
    maxConcurrency: compileInteger(source, { name: 'MaxConcurrency', minimum: Number.NEGATIVE_INFINITY }),
    toleratedFailureCount: compileInteger(source, { name: 'ToleratedFailureCount', minimum: Number.NEGATIVE_INFINITY }),
    toleratedFailurePercentage: compileDecimal(source, {
      name: 'ToleratedFailurePercentage',
      minimum: Number.NEGATIVE_INFINITY,
    }),
  };
}

/** This interpreter does no I/O, so a Map that reads from or writes to Amazon S3 fails. A host refuses it before. */
function compileS3({ fields }: Source): Evaluator | undefined {
  const field = ['ItemReader', 'ResultWriter'].find((name) => fields[name] !== undefined);
  if (field === undefined) {
    return undefined;
  }
  return () => {
    throw runtimeError(`${field} is not supported: the interpreter does not access Amazon S3`);
  };
}

/** `Items` of a JSONata Map: an array, or for a distributed Map also an object. */
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
  const iterable = (value: JsonValue): value is JsonValue[] => Array.isArray(value);
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

function compileItemBatcher({ fields, language }: Source): ItemBatcher | undefined {
  const batcher = fields.ItemBatcher;
  if (!isObject(batcher)) {
    return undefined;
  }
  const source: Source = { fields: batcher, language };
  const input = batcher.BatchInput;
  return {
    maxItemsPerBatch: compileInteger(source, { name: 'MaxItemsPerBatch', minimum: 1 }),
    maxInputBytesPerBatch: compileInteger(source, { name: 'MaxInputBytesPerBatch', minimum: 1 }),
    batchInput: input === undefined ? undefined : compileBatchInput(input, language),
  };
}

function compileBatchInput(input: JsonValue, language: QueryLanguage): Evaluator {
  const evaluate =
    language === 'JSONata' ? compileJsonataTemplate(input, 'ItemBatcher/BatchInput') : compileTemplate(input);
  return (scope) =>
    then(evaluate(scope), (value) => {
      if (!isObject(value)) {
        throw queryError(
          `The BatchInput field must be an object but was: ${typeName(value)}`,
          'ItemBatcher/BatchInput',
        );
      }
      return value;
    });
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
