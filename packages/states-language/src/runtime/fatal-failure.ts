import type { Branch } from './branch';

/** Ends the execution from wherever it is thrown; no Catch sees it. */
export class FatalFailure extends Error {
  override readonly name = 'FatalFailure';

  constructor(
    readonly error: string,
    readonly failureCause: string,
    readonly branch: Branch,
    /** The history shows no `ExecutionFailed`. */
    readonly silent = false,
  ) {
    super(error);
  }
}
