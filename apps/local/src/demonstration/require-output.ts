import { CommandError } from '@workflows/command-line';
import { OUTPUTS, type OutputKey, outputOf } from '@workflows/contract';
import type { LocalCloud } from '@workflows/local-cloud';

/** @throws {CommandError} naming the output that is missing. */
export function requireOutput({ outputs }: Pick<LocalCloud, 'outputs'>, key: OutputKey): string {
  const value = outputOf(outputs, key);
  if (value === undefined) {
    const { stack, name } = OUTPUTS[key];
    throw new CommandError(`stack ${stack} has no output ${name}`);
  }
  return value;
}
