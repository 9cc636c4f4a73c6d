import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';
import type { TaskResource } from './task-resource';

type Type = 'STRING' | 'BOOLEAN';

/** Fields whose values cannot be of another type, by `<service>:<action>`. */
const STRINGS: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['ClientContext', 'FunctionName', 'InvocationType', 'LogType', 'Qualifier'],
  'sns:publish': ['PhoneNumber', 'Subject', 'TargetArn', 'TopicArn'],
  'sqs:sendMessage': ['MessageDeduplicationId', 'MessageGroupId', 'QueueUrl'],
  'states:startExecution': ['Name', 'StateMachineArn', 'TraceHeader'],
};

/** Fields that take text, or JSON that is written as text; a number and a boolean are neither. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'lambda:invoke': ['Payload'],
  'sns:publish': ['Message'],
  'sqs:sendMessage': ['MessageBody'],
};

/**
 * What is wrong with the arguments of a task, so that it cannot be started: AWS knows the types of the arguments of
 * optimized integrations, and ends the execution before it schedules the task
 * (https://github.com/aws/aws-cdk/issues/9181, https://stackoverflow.com/questions/76373088).
 */
export function argumentProblems({ action, service }: TaskResource, given: JsonValue): string[] {
  if (!isObject(given)) {
    return [];
  }
  const key = `${service}:${action}`;
  return [
    ...(STRINGS[key] ?? []).flatMap((field) => problem(field, given[field], 'STRING')),
    ...(TEXTS[key] ?? []).flatMap((field) =>
      typeof given[field] === 'number' || typeof given[field] === 'boolean' ? mustBe(field, 'STRING') : [],
    ),
    ...(service === 'dynamodb' ? tableProblems(given) : []),
  ];
}

const mustBe = (field: string, type: Type): string[] => [`The value for the field '${field}' must be a ${type}`];

function problem(field: string, value: JsonValue | undefined, type: Type): string[] {
  const fits = value === undefined || value === null || typeof value === type.toLowerCase();
  return fits ? [] : mustBe(field, type);
}

function tableProblems(given: JsonObject): string[] {
  const attributes = ['Item', 'Key', 'ExpressionAttributeValues'].flatMap((field) => {
    const values = given[field];
    return isObject(values) ? Object.values(values).flatMap(attributeProblems) : [];
  });
  return [...problem('TableName', given.TableName, 'STRING'), ...attributes];
}

const SCALARS: Readonly<Record<string, Type>> = {
  S: 'STRING',
  N: 'STRING',
  B: 'STRING',
  BOOL: 'BOOLEAN',
  NULL: 'BOOLEAN',
};
const SETS = ['SS', 'NS', 'BS'];

/** An attribute value is an object of one type to one value; text stands for itself. */
function attributeProblems(value: JsonValue): string[] {
  if (!isObject(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([type, inner]) => {
    const scalar = SCALARS[type];
    if (scalar !== undefined) {
      return problem(type, inner, scalar);
    }
    if (SETS.includes(type)) {
      return Array.isArray(inner) ? inner.flatMap((item) => problem(type, item, 'STRING')) : [];
    }
    if (type === 'L') {
      return Array.isArray(inner) ? inner.flatMap(attributeProblems) : [];
    }
    return type === 'M' && isObject(inner) ? Object.values(inner).flatMap(attributeProblems) : [];
  });
}
