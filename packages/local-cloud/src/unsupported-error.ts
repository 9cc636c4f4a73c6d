/**
 * Something that the runtime was asked to run and does not implement. The message is one line that names it and says
 * what is supported: what is not implemented is refused at the start, never skipped.
 */
export class UnsupportedError extends Error {
  override readonly name: string = 'UnsupportedError';
}
