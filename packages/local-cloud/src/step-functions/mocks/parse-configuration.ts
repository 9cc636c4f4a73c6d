import type { JsonValue } from '@workflows/states-language';
import type { MockConfiguration, MockedAttempts, MockedOutcome, MockedResponse, TestCase } from './configuration';

type JsonObject = Readonly<Record<string, JsonValue>>;

/** What is not a mock configuration. The message says where it is wrong, what stands there, and what is allowed. */
export class MockConfigurationError extends Error {
  override readonly name = 'MockConfigurationError';
}

/**
 * Reads a mock configuration in the format of Step Functions Local.
 *
 * @param source names the text in messages
 * @throws {MockConfigurationError}
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html
 */
export function parseMockConfiguration(text: string, source: string): MockConfiguration {
  try {
    const whole = object(parseJson(text), '');
    const responses = new Map(
      entries(whole, '', 'MockedResponses').map(([name, value]) => [
        name,
        mockedResponse(name, value, `/MockedResponses/${name}`),
      ]),
    );
    const stateMachines = new Map(
      entries(whole, '', 'StateMachines').map(([name, value]) => [
        name,
        testCases(name, object(value, `/StateMachines/${name}`), responses),
      ]),
    );
    return { source, stateMachines };
  } catch (error) {
    throw error instanceof Problem
      ? new MockConfigurationError(`The mock configuration ${source} is wrong${error.place}: ${error.message}`)
      : error;
  }
}

class Problem extends Error {
  readonly place: string;

  constructor(path: string, message: string) {
    super(message);
    this.place = path === '' ? '' : ` at ${path}`;
  }
}

function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new Problem('', `it is not JSON (${(error as Error).message}).`);
  }
}

function object(value: JsonValue | undefined, path: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Problem(path, `it must be an object. Received: ${JSON.stringify(value)}.`);
  }
  return value;
}

/** The members of a field, which must be an object. */
function entries(parent: JsonObject, path: string, field: string): [string, JsonValue][] {
  const value = parent[field];
  if (value === undefined) {
    throw new Problem(path, `the field ${field} is missing. Its fields are: ${Object.keys(parent).join(', ')}.`);
  }
  return Object.entries(object(value, `${path}/${field}`));
}

function testCases(
  stateMachine: string,
  value: JsonObject,
  responses: ReadonlyMap<string, MockedResponse>,
): ReadonlyMap<string, TestCase> {
  const path = `/StateMachines/${stateMachine}`;
  return new Map(
    entries(value, path, 'TestCases').map(([name, states]) => {
      const here = `${path}/TestCases/${name}`;
      const mocked = Object.entries(object(states, here)).map(
        ([state, response]) => [state, referencedResponse(response, responses, `${here}/${state}`)] as const,
      );
      return [name, { name, stateMachine, states: new Map(mocked) }];
    }),
  );
}

function referencedResponse(
  name: JsonValue,
  responses: ReadonlyMap<string, MockedResponse>,
  path: string,
): MockedResponse {
  const response = typeof name === 'string' ? responses.get(name) : undefined;
  if (response === undefined) {
    const known = [...responses.keys()].join(', ');
    throw new Problem(
      path,
      `${JSON.stringify(name)} is not the name of a mocked response. MockedResponses has: ${known}.`,
    );
  }
  return response;
}

function mockedResponse(name: string, value: JsonValue, path: string): MockedResponse {
  const attempts = Object.entries(object(value, path)).map(([key, outcome]): MockedAttempts => {
    const [first, last] = attemptRange(key, path);
    return { first, last, outcome: mockedOutcome(outcome, `${path}/${key}`) };
  });
  attempts.sort((one, other) => one.first - other.first);
  const doubled = attempts.find(({ first }, index) => index > 0 && first <= (attempts[index - 1]?.last ?? -1));
  if (doubled !== undefined) {
    throw new Problem(path, `attempt ${doubled.first} is mocked twice.`);
  }
  return { name, attempts };
}

function attemptRange(key: string, path: string): [first: number, last: number] {
  const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(key) ?? [];
  if (from === '' || Number(from) > Number(to)) {
    throw new Problem(
      path,
      `"${key}" is not an attempt. Allowed: a number from 0, such as "0", or a range, as in "1-2".`,
    );
  }
  return [Number(from), Number(to)];
}

function mockedOutcome(value: JsonValue, path: string): MockedOutcome {
  const outcome = object(value, path);
  const [kind, ...others] = Object.keys(outcome);
  if (others.length > 0 || (kind !== 'Return' && kind !== 'Throw')) {
    const received = Object.keys(outcome).join(' and ') || 'neither';
    throw new Problem(path, `an attempt has either Return or Throw. Received: ${received}.`);
  }
  if (kind === 'Return') {
    return { kind: 'return', result: outcome.Return ?? null };
  }
  const { Error: error, Cause: cause = '', ...rest } = object(outcome.Throw, `${path}/Throw`);
  if (typeof error !== 'string' || typeof cause !== 'string' || Object.keys(rest).length > 0) {
    throw new Problem(
      `${path}/Throw`,
      `it has an Error and may have a Cause, both strings. Received: ${JSON.stringify(outcome.Throw)}.`,
    );
  }
  return { kind: 'throw', error, cause };
}
