/** The command failed. The message is for the user: what is wrong, and what to do. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** Invalid usage. The message is one line: the option, the value received, and what is allowed. */
export class UsageError extends CommandError {
  override readonly name = 'UsageError';

  /** @param problem - sentences, with their full stops */
  constructor(problem: string) {
    super(`${problem} See --help.`);
  }
}
