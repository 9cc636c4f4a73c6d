/**
 * What a cause says to a person: of the JSON that Lambda makes of a thrown error, its message; everything else as it is.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function messageOfCause(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    const message: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'errorMessage') : undefined;
    return typeof message === 'string' ? message : cause;
  } catch {
    return cause;
  }
}
