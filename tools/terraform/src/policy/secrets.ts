/** Telling secrets from ordinary settings in a function's environment. */

const SECRET_NAME =
  /(^|_)(SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(_|$)/i;

/** Shapes that are secrets whatever they are called. */
const SECRET_VALUES: readonly (readonly [RegExp, string])[] = [
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, 'an AWS access key'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}/, 'a GitHub token'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, 'a Slack token'],
  [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, 'a JSON web token'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/@]+@/, 'a URL with a password'],
];

/**
 * Why a variable looks like a secret in plain text, or undefined. A name that sounds like one is allowed when it ends in `_ARN`,
 * `_NAME` or `_URL`, as it then says where the secret is.
 */
export function plainTextSecret(name: string, value: string): string | undefined {
  const shape = SECRET_VALUES.find(([pattern]) => pattern.test(value));
  if (shape !== undefined) {
    return `holds ${shape[1]}`;
  }
  if (/_(ARN|NAME|URL)$/i.test(name)) {
    return undefined;
  }
  return SECRET_NAME.test(name) ? 'is named like a secret' : undefined;
}
