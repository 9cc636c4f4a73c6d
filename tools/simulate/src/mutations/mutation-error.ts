/** A mutation cannot be planted, because what it changes is gone. */
export class MutationError extends Error {
  override readonly name = 'MutationError';

  constructor(mutation: string, problem: string, remedy: string) {
    super(`Mutation ${mutation}: ${problem} ${remedy}`);
  }
}
