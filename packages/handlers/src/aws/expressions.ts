import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

/** What DynamoDB wants beside an expression. */
export interface ExpressionParts {
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

/**
 * Collects the placeholders that expressions use: `#status` stands for the attribute `status` and `:now` for
 * `values.now`. Names are always placeholders, since DynamoDB reserves over 500 words, `status` and `error` among
 * them; values that no expression mentions are left out, since DynamoDB refuses those.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeNames.html
 */
export function expressionParts(
  expressions: readonly string[],
  values: Readonly<Record<string, string | number>>,
): ExpressionParts {
  const text = expressions.join(' ');
  const placeholders = (pattern: RegExp): string[] => [...new Set(text.match(pattern) ?? [])];
  return {
    ExpressionAttributeNames: Object.fromEntries(placeholders(/#\w+/g).map((name) => [name, name.slice(1)])),
    ExpressionAttributeValues: marshall(
      Object.fromEntries(placeholders(/:\w+/g).map((name) => [name, values[name.slice(1)]])),
    ),
  };
}
