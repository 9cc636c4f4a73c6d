/** The environment does not describe a deployment. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    /** One sentence for each variable that is wrong. */
    readonly problems: readonly string[],
  ) {
    super(`The configuration is not valid: ${problems.join(' ')}`);
  }
}
