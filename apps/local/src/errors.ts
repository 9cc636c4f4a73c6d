/** Something that the person at the keyboard can put right. The message is one line; the command ends with exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
