import { invalidName } from './errors';

/**
 * White space, brackets, wildcards, other special characters and control characters: what no name may contain.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what AWS forbids
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/u;

/** @throws {AwsError} `InvalidName` */
export function checkName(name: string): void {
  if (FORBIDDEN.test(name)) {
    throw invalidName(name);
  }
}
