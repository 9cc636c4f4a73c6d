import { TestStateError } from '../errors';
import type { State } from '../program/program';
import type { JsonValue } from '../values/json';
import { isObject, type JsonObject } from '../values/json';

type FieldType = 'string' | 'integer' | 'object';

/** What a given context object may hold. @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
const FIELDS: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  Execution: {
    Id: 'string',
    Input: 'object',
    Name: 'string',
    RoleArn: 'string',
    StartTime: 'string',
    RedriveCount: 'integer',
    RedriveTime: 'string',
  },
  State: { EnteredTime: 'string', Name: 'string', RetryCount: 'integer' },
  StateMachine: { Id: 'string', Name: 'string' },
  Task: { Token: 'string' },
};

const IS: Readonly<Record<FieldType, (value: JsonValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  object: isObject,
};

/**
 * Reads a context object that stands in for the execution's own.
 *
 * What is refused is as AWS answered it; the words for fields that are no strings are known only from
 * https://github.com/localstack/localstack/pull/13431.
 *
 * @throws {@link TestStateError}
 */
export function parseContext(text: string, state: State): JsonObject {
  const context = parse(text);
  for (const [name, value] of Object.entries(context)) {
    if (name === 'Map') {
      throw invalid("'Map' field is not supported when mocking a Context object");
    }
    const fields = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (fields === undefined) {
      throw invalid(`Field '${name}' is not allowed`);
    }
    checkFields(name, fields, value);
  }
  if (context.Task !== undefined && !waitsForJob(state)) {
    throw invalid(
      "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
    );
  }
  return context;
}

function checkFields(name: string, fields: Readonly<Record<string, FieldType>>, value: JsonValue): void {
  if (!isObject(value)) {
    throw invalid(`${name} must be a object`);
  }
  for (const [field, inner] of Object.entries(value)) {
    const type = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (type === undefined) {
      throw invalid(`Field '${field}' is not allowed`);
    }
    if (inner !== null && !IS[type](inner)) {
      throw invalid(`${name}.${field} must be a ${type}`);
    }
  }
}

function waitsForJob(state: State): boolean {
  return state.type === 'Task' && state.resource.pattern !== 'REQUEST_RESPONSE';
}

function parse(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw invalid(`it is not valid JSON: ${(error as Error).message}`);
  }
  if (!isObject(value)) {
    throw invalid('it must be a JSON object');
  }
  return value;
}

function invalid(what: string): TestStateError {
  return new TestStateError(`Invalid Context object provided: ${what}`);
}
