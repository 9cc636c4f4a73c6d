import { CommandError } from '@workflows/command-line';

/** A provider can be had neither from disk nor from the registry, which holds for every stack alike. */
export class ProviderUnavailableError extends CommandError {
  override readonly name = 'ProviderUnavailableError';
}
