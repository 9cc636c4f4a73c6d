/** A command cannot do what was asked: the message is one line that says what is wrong and what to do about it. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
}

/** A provider can be had neither from disk nor from the registry, which holds for every stack alike. */
export class ProviderUnavailableError extends CommandError {
  override readonly name = 'ProviderUnavailableError';
}
