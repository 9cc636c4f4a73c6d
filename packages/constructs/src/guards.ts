import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { invalidName, outOfRange } from './errors';

/** What AWS allows as the name of one kind of resource. */
export interface NameRule {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** The name rules of the resources that the constructs create, each with the page that states it. */
export const NAME_RULES = {
  /** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html#lambda-CreateFunction-request-FunctionName */
  function: {
    kind: 'function name',
    pattern: /^[A-Za-z0-9_-]{1,64}$/,
    allowed: '1 to 64 characters of A-Z, a-z, 0-9, _ and -',
  },
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  role: {
    kind: 'role name',
    pattern: /^[\w+=,.@-]{1,64}$/,
    allowed: '1 to 64 characters of A-Z, a-z, 0-9 and _ + = , . @ -',
  },
  /** Narrower than Step Functions' own rule: other characters do not appear in CloudWatch, and the role of the same name ends at 64. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
  stateMachine: {
    kind: 'state machine name',
    pattern: /^[A-Za-z0-9_-]{1,64}$/,
    allowed: '1 to 64 characters of A-Z, a-z, 0-9, _ and -',
  },
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
  table: {
    kind: 'table name',
    pattern: /^[A-Za-z0-9_.-]{3,255}$/,
    allowed: '3 to 255 characters of A-Z, a-z, 0-9, _, . and -',
  },
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GlobalSecondaryIndex.html */
  index: {
    kind: 'index name',
    pattern: /^[A-Za-z0-9_.-]{3,255}$/,
    allowed: '3 to 255 characters of A-Z, a-z, 0-9, _, . and -',
  },
  /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
  rule: { kind: 'rule name', pattern: /^[.\w-]{1,64}$/, allowed: '1 to 64 characters of A-Z, a-z, 0-9, _, . and -' },
  /** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
  api: { kind: 'API name', pattern: /^.{1,128}$/, allowed: '1 to 128 characters' },
} as const satisfies Record<string, NameRule>;

/** @throws {ConstructError} when `name` breaks `rule`; a name that Terraform computes later is let through. */
export function checkName(scope: Construct, rule: NameRule, name: string): void {
  if (!Token.isUnresolved(name) && !rule.pattern.test(name)) {
    throw invalidName(scope.node.path, rule.kind, name, rule.allowed);
  }
}

/** @throws {ConstructError} when `value` is given and is not a whole number from `min` to `max`. */
export function checkInteger(
  scope: Construct,
  property: string,
  value: number | undefined,
  { min, max, unit, fix }: { min: number; max: number; unit: string; fix: string },
): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  if (!Number.isInteger(value) || value < min || value > max) {
    throw outOfRange(scope.node.path, property, value, `a whole number of ${unit} from ${min} to ${max}`, fix);
  }
}

/** Retention periods that CloudWatch Logs accepts, in days. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** @throws {ConstructError} when CloudWatch Logs does not know the period. */
export function checkLogRetention(scope: Construct, days: number | undefined): void {
  if (days === undefined || Token.isUnresolved(days)) {
    return;
  }
  if (!(LOG_RETENTION_DAYS as readonly number[]).includes(days)) {
    throw outOfRange(
      scope.node.path,
      'logRetentionDays',
      days,
      LOG_RETENTION_DAYS.join(', '),
      'Choose one of these values.',
    );
  }
}
