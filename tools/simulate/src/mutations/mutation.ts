import type { FunctionName } from '@workflows/contract';
import type { Invariant } from '../run/evidence';

/** Bundles functions with a mutant in place of one of their modules. */
export interface CodeMutation {
  /** File in `test/mutants` of the handlers, without its extension. */
  readonly mutant: string;
  /** The module that it replaces, in `src` of the handlers, without its extension. */
  readonly replaces: string;
  readonly functions: readonly FunctionName[];
}

/** Changes one field of a state, wherever a state machine has a state of this name. */
export interface StateMutation {
  readonly state: string;
  /** JSON Pointer within the state. */
  readonly pointer: string;
  /** @default - the field is removed */
  readonly value?: unknown;
}

/** Takes an action away from every role. */
export interface PolicyMutation {
  readonly withoutAction: string;
}

/** A known bug, planted in what is deployed. */
export interface Mutation {
  /** The guarantee that it breaks. */
  readonly breaks: Invariant;
  readonly code?: CodeMutation;
  readonly states?: readonly StateMutation[];
  readonly policy?: PolicyMutation;
}
