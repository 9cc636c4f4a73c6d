import type { JsonValue, TaskResource } from '@workflows/states-language';
import { resultsOf, type ServiceResults, type Shape, type ShapeReference } from './api-results';
import { type ResultOperation, resultOperation } from './result-operation';

type JsonObject = { [key: string]: JsonValue };

/** `STRICT` also asks for what an answer always has. */
export type CheckMode = 'STRICT' | 'PRESENT';

/**
 * Compares a mocked result with what the API answers: the types of members, the values of enumerations and, in `STRICT`
 * mode, the members that are always there. Members that the API does not have are let through, as on AWS.
 *
 * @returns what is wrong, in AWS's words.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
 */
export function checkResult(resource: TaskResource, result: JsonValue, mode: CheckMode): string | undefined {
  const target = resultOperation(resource);
  const results = target === undefined ? undefined : resultsOf(target.service);
  const shape = target === undefined ? undefined : results?.operations[target.operation];
  if (target === undefined || results === undefined || shape === undefined) {
    return undefined;
  }
  if (!isObject(result)) {
    return 'Mock result must be a JSON object';
  }
  return new Check(results, mode, target).value(shape, result, '');
}

class Check {
  readonly #shapes: readonly Shape[];
  readonly #mode: CheckMode;
  readonly #target: ResultOperation;

  constructor({ shapes }: ServiceResults, mode: CheckMode, target: ResultOperation) {
    this.#shapes = shapes;
    this.#mode = mode;
    this.#target = target;
  }

  value(reference: ShapeReference, value: JsonValue, field: string): string | undefined {
    switch (reference) {
      case 'd':
        return undefined;
      case 'x':
        return this.#target.opensBytes || typeof value === 'string' ? undefined : mustBe(field, 'a string');
      case 's':
        return typeof value === 'string' ? undefined : mustBe(field, 'a string');
      case 'n':
        return typeof value === 'number' ? undefined : mustBe(field, 'a number');
      case 'b':
        return typeof value === 'boolean' ? undefined : mustBe(field, 'a boolean');
      default:
        return this.#shape(this.#shapes[reference] ?? '', value, field);
    }
  }

  #shape(shape: Shape, value: JsonValue, field: string): string | undefined {
    if (typeof shape === 'string') {
      return checkEnumeration(shape, value, field);
    }
    if (!isArray(shape)) {
      return isObject(value) ? this.#structure(shape, value) : mustBe(field, 'an object');
    }
    const [first, second] = shape;
    if (first === '*') {
      return isObject(value) ? this.#all(second ?? 'd', Object.values(value), field) : mustBe(field, 'an object');
    }
    return Array.isArray(value) ? this.#all(first, value, field) : mustBe(field, 'an array');
  }

  #all(reference: ShapeReference, values: readonly JsonValue[], field: string): string | undefined {
    return firstOf(values, (value) => this.value(reference, value, field));
  }

  #structure(shape: Readonly<Record<string, ShapeReference>>, value: JsonObject): string | undefined {
    const members = Object.entries(shape).map(([text, reference]) => {
      const name = this.#target.nameOf(text.replace('!', ''));
      return { name, isRequired: text.endsWith('!'), reference };
    });
    const missing = members.find(({ name, isRequired }) => isRequired && !Object.hasOwn(value, name));
    if (this.#mode === 'STRICT' && missing !== undefined) {
      return `Required field '${missing.name}' is missing`;
    }
    return firstOf(members, ({ name, reference }) => {
      const member = Object.hasOwn(value, name) ? value[name] : undefined;
      const isOpen = member === undefined || this.#target.opens.includes(name);
      return isOpen ? undefined : this.value(reference, member, name);
    });
  }
}

function checkEnumeration(values: string, value: JsonValue, field: string): string | undefined {
  if (typeof value !== 'string') {
    return mustBe(field, 'a string');
  }
  return values.split('|').includes(value) ? undefined : `Field '${field}' is not an expected value`;
}

function mustBe(field: string, type: string): string {
  return `Field '${field}' must be ${type}`;
}

function firstOf<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = check(item);
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isArray(shape: Shape): shape is readonly [ShapeReference] | readonly ['*', ShapeReference] {
  return Array.isArray(shape);
}
