/** A mutation cannot be planted: what it changes is gone, and without the change it would prove nothing. */
export class MutationError extends Error {
  override readonly name = 'MutationError';

  constructor(mutation: string, problem: string, remedy: string) {
    super(`Mutation ${mutation}: ${problem} ${remedy}`);
  }
}
