import { AwsError } from '../contracts';

const NAME =
  /^(?:(?:arn:aws[\w-]*:lambda:[\w-]+:)?(?<account>\d{12}):function:|function:)?(?<name>[\w-]{1,64})(?::(?<qualifier>[$\w-]+))?$/;

/**
 * The bare name in a function's name, partial ARN or ARN. Functions have one version here, `$LATEST`.
 * @throws {AwsError} `ValidationException` for what is no function name, `ResourceNotFoundException` for another qualifier
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function functionNameOf(nameOrArn: string): string {
  const { name, qualifier } = NAME.exec(nameOrArn)?.groups ?? {};
  if (name === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${nameOrArn}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    );
  }
  if (qualifier !== undefined && qualifier !== '$LATEST') {
    throw new AwsError(
      'ResourceNotFoundException',
      `Function not found: ${nameOrArn}: versions and aliases are not supported; supported: $LATEST`,
      404,
    );
  }
  return name;
}
