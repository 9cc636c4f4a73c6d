import { parseMockConfiguration } from '../../../src/step-functions';

const parse = (configuration: object) => parseMockConfiguration(JSON.stringify(configuration), 'mocks.json');
const responses = (MockedResponses: object) => () => parse({ StateMachines: {}, MockedResponses });
const outcomes = (attempts: object) => responses({ R: attempts });

describe('a mock configuration', () => {
  it('is read whole, a response that nothing uses too', () => {
    const { stateMachines } = parse({
      StateMachines: { Machine: { TestCases: { Happy: { Ask: 'Later' } } } },
      MockedResponses: {
        Later: {
          '1-2': { Return: null },
          '0': { Throw: { Error: 'Lambda.TimeoutException', Cause: 'Lambda timed out.' } },
          '3': { Throw: { Error: 'Custom' } },
        },
        Unused: {},
      },
    });

    expect(stateMachines.get('Machine')?.get('Happy')?.states.get('Ask')).toEqual({
      name: 'Later',
      attempts: [
        { first: 0, last: 0, outcome: { kind: 'throw', error: 'Lambda.TimeoutException', cause: 'Lambda timed out.' } },
        { first: 1, last: 2, outcome: { kind: 'return', result: null } },
        { first: 3, last: 3, outcome: { kind: 'throw', error: 'Custom', cause: '' } },
      ],
    });
  });

  it.each<[string, () => unknown, string]>([
    ['text that is not JSON', () => parseMockConfiguration('{"a', 'mocks.json'), 'it is not JSON ('],
    [
      'JSON that is not an object',
      () => parseMockConfiguration('[]', 'mocks.json'),
      'it must be an object. Received: [].',
    ],
    [
      'a missing field',
      () => parse({ StateMachines: {}, MockedResponse: {} }),
      'the field MockedResponses is missing. Its fields are: StateMachines, MockedResponse.',
    ],
    [
      'a state machine without test cases',
      () => parse({ StateMachines: { M: { Cases: {} } }, MockedResponses: {} }),
      'at /StateMachines/M: the field TestCases is missing. Its fields are: Cases.',
    ],
    [
      'a response that does not exist',
      () =>
        parse({ StateMachines: { M: { TestCases: { Case: { Ask: 'Nope' } } } }, MockedResponses: { A: {}, B: {} } }),
      'at /StateMachines/M/TestCases/Case/Ask: "Nope" is not the name of a mocked response. MockedResponses has: A, B.',
    ],
    [
      'an attempt that is not a number',
      outcomes({ first: { Return: 1 } }),
      'at /MockedResponses/R: "first" is not an attempt. Allowed: a number from 0, such as "0", or a range, as in "1-2".',
    ],
    ['a range that ends before it begins', outcomes({ '3-1': { Return: 1 } }), '"3-1" is not an attempt.'],
    [
      'an attempt that is mocked twice',
      outcomes({ '0-2': { Return: 1 }, '2': { Return: 2 } }),
      'attempt 2 is mocked twice.',
    ],
    [
      'both Return and Throw',
      outcomes({ '0': { Return: 1, Throw: { Error: 'E' } } }),
      'at /MockedResponses/R/0: an attempt has either Return or Throw. Received: Return and Throw.',
    ],
    ['neither', outcomes({ '0': {} }), 'an attempt has either Return or Throw. Received: neither.'],
    ['another field', outcomes({ '0': { Returns: 1 } }), 'an attempt has either Return or Throw. Received: Returns.'],
    [
      'an error without a name',
      outcomes({ '0': { Throw: { Cause: 'c' } } }),
      'at /MockedResponses/R/0/Throw: it has an Error and may have a Cause, both strings. Received: {"Cause":"c"}.',
    ],
  ])('is not %s', (_, read, message) => {
    expect(read).toThrow(message);
    expect(read).toThrow(/^The mock configuration mocks\.json is wrong/);
  });
});
