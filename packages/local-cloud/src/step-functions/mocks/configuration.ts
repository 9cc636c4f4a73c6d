import type { JsonValue } from '@workflows/states-language';

/** What a mocked task does instead of calling its service. */
export type MockedOutcome =
  | { readonly kind: 'return'; readonly result: JsonValue }
  | { readonly kind: 'throw'; readonly error: string; readonly cause: string };

/** The outcome of some attempts, counted from 0. */
export interface MockedAttempts {
  readonly first: number;
  readonly last: number;
  readonly outcome: MockedOutcome;
}

/** An entry of `MockedResponses`. */
export interface MockedResponse {
  readonly name: string;
  readonly attempts: readonly MockedAttempts[];
}

/** Which states of a state machine are mocked, and how. */
export interface TestCase {
  readonly name: string;
  readonly stateMachine: string;
  /** By the name of the state. */
  readonly states: ReadonlyMap<string, MockedResponse>;
}

/** The test cases of each state machine, by name. */
export interface MockConfiguration {
  /** Where it came from, for messages. */
  readonly source: string;
  readonly stateMachines: ReadonlyMap<string, ReadonlyMap<string, TestCase>>;
}

/** `undefined` where the mocked response has nothing for this attempt. */
export function outcomeOf({ attempts }: MockedResponse, attempt: number): MockedOutcome | undefined {
  return attempts.find(({ first, last }) => first <= attempt && attempt <= last)?.outcome;
}

/** As the configuration names them: `"0", "1-2"`. */
export function attemptKeys({ attempts }: MockedResponse): string {
  return attempts.map(({ first, last }) => (first === last ? `"${first}"` : `"${first}-${last}"`)).join(', ');
}
