import { LOG_RETENTION_DAYS } from '@workflows/constructs';
import { DEFAULT_TIMEOUT_SECONDS, EXECUTION_RETENTION_DAYS, MAX_TIMEOUT_SECONDS } from '@workflows/contract';
import * as v from 'valibot';

/** One environment variable: how it is parsed, and how the README describes it. */
export interface Setting<Value> {
  readonly variable: `WORKFLOWS_${string}`;
  readonly description: string;
  /** The allowed values in words; part of the error message and of the README. */
  readonly allowed: string;
  /** The default for an unset or empty variable, as the README shows it: a value in backticks, or a phrase. */
  readonly fallback: string;
  readonly schema: v.GenericSchema<string | undefined, Value>;
}

const setting = <const Value>(it: Setting<Value>): Setting<Value> => it;

const optional = <Value>(schema: v.GenericSchema<string, Value>) => v.optional(schema);

const integer = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max));

const isHttpUrl = (text: string): boolean => {
  if (!URL.canParse(text)) {
    return false;
  }
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
};

const httpUrl = v.pipe(v.string(), v.check(isHttpUrl));

const urlTemplate = v.pipe(
  v.string(),
  v.includes('{apiId}'),
  v.includes('{stage}'),
  v.check((text) => isHttpUrl(text.replace('{apiId}', 'api').replace('{stage}', 'prod'))),
);

const tags = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) => (text === '' ? [] : text.split(',').map((pair) => pair.trim()))),
  v.array(v.pipe(v.string(), v.regex(/^[^=]{1,128}=.{0,256}$/))),
  v.transform((pairs) => pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  v.check((pairs) => pairs.every(([key = '']) => !/^aws:/i.test(key))),
  v.transform((pairs): Readonly<Record<string, string>> => Object.fromEntries(pairs)),
);

/**
 * A region of the partition `aws`. In any other, such as China or GovCloud, state machines could be created but every
 * execution would fail: the ARNs of their tasks name the partition.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
const region = v.pipe(v.string(), v.regex(/^(?!cn-|us-gov-|us-iso|eu-iso)[a-z]{2}(-[a-z]+)+-\d$/));

const REGION_ALLOWED = 'a region of the partition aws, such as eu-central-1 (China and GovCloud are not supported)';

const NAME_PART = /^[a-z][a-z0-9-]{0,14}[a-z0-9]$|^[a-z]$/;

/** All settings. The table in the README must match this list; a test compares the two. */
export const SETTINGS = {
  environment: setting({
    variable: 'WORKFLOWS_ENVIRONMENT',
    description: 'Environment name, the first part of every resource name; one account can hold several environments',
    allowed: '1 to 16 characters of a-z, 0-9 and -, starting with a letter and not ending with -',
    fallback: '`dev`',
    schema: v.optional(v.pipe(v.string(), v.regex(NAME_PART)), 'dev'),
  }),
  namePrefix: setting({
    variable: 'WORKFLOWS_NAME_PREFIX',
    description: 'Prefix of every resource name, before the environment name',
    allowed: '1 to 16 characters of a-z, 0-9 and -, starting with a letter and not ending with -',
    fallback: 'none',
    schema: optional(v.pipe(v.string(), v.regex(NAME_PART))),
  }),
  region: setting({
    variable: 'WORKFLOWS_REGION',
    description: 'AWS region of all resources',
    allowed: REGION_ALLOWED,
    fallback: '`us-east-1`',
    schema: v.optional(region, 'us-east-1'),
  }),
  externalServiceUrl: setting({
    variable: 'WORKFLOWS_EXTERNAL_SERVICE_URL',
    description: 'Full URL that receives tasks by POST; if set, the mock external service is not deployed',
    allowed: 'an http or https URL without credentials',
    fallback: 'the mock',
    schema: optional(httpUrl),
  }),
  apiAuthorization: setting({
    variable: 'WORKFLOWS_API_AUTHORIZATION',
    description: 'Authorization of the APIs; callbacks and heartbeats always use their resume token instead',
    allowed: 'NONE or AWS_IAM',
    fallback: '`NONE`',
    schema: v.optional(v.picklist(['NONE', 'AWS_IAM']), 'NONE'),
  }),
  executeApiUrl: setting({
    variable: 'WORKFLOWS_EXECUTE_API_URL',
    description: 'For emulators: URL template that replaces the host of the APIs in outputs and callback URLs',
    allowed: 'a URL that contains {apiId} and {stage}',
    fallback: 'the host that AWS assigns',
    schema: optional(urlTemplate),
  }),
  endpointUrl: setting({
    variable: 'WORKFLOWS_ENDPOINT_URL',
    description: 'For emulators: endpoint URL of all AWS services that Terraform calls',
    allowed: 'an http or https URL without credentials',
    fallback: 'AWS',
    schema: optional(httpUrl),
  }),
  planOffline: setting({
    variable: 'WORKFLOWS_PLAN_OFFLINE',
    description: 'Validates and plans without an AWS account; the stack cannot be deployed',
    allowed: 'true or false',
    fallback: '`false`',
    schema: v.pipe(
      v.optional(v.picklist(['true', 'false']), 'false'),
      v.transform((it) => it === 'true'),
    ),
  }),
  logLevel: setting({
    variable: 'WORKFLOWS_LOG_LEVEL',
    description: 'Minimum level of the messages that the functions log',
    allowed: 'DEBUG, INFO, WARN, ERROR or CRITICAL',
    fallback: '`INFO`',
    schema: v.optional(v.picklist(['DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL']), 'INFO'),
  }),
  logRetentionDays: setting({
    variable: 'WORKFLOWS_LOG_RETENTION_DAYS',
    description: 'Days to keep logs',
    allowed: `one of ${LOG_RETENTION_DAYS.join(', ')}`,
    fallback: '`30`',
    schema: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^\d+$/),
        v.transform(Number),
        v.check((days) => (LOG_RETENTION_DAYS as readonly number[]).includes(days)),
      ),
      '30',
    ),
  }),
  recordRetentionDays: setting({
    variable: 'WORKFLOWS_RECORD_RETENTION_DAYS',
    description: 'Days to keep idempotency records, and to keep task records after their longest possible wait',
    allowed: `${EXECUTION_RETENTION_DAYS + 1} to 3650, because AWS keeps an ended execution for ${EXECUTION_RETENTION_DAYS} days`,
    fallback: `\`${EXECUTION_RETENTION_DAYS + 7}\``,
    schema: v.optional(integer(EXECUTION_RETENTION_DAYS + 1, 3650), String(EXECUTION_RETENTION_DAYS + 7)),
  }),
  throttleRate: setting({
    variable: 'WORKFLOWS_THROTTLE_RATE',
    description: 'Steady-state rate limit of each API, in requests per second',
    allowed: '1 to 10000',
    fallback: '`100`',
    schema: v.optional(integer(1, 10_000), '100'),
  }),
  throttleBurst: setting({
    variable: 'WORKFLOWS_THROTTLE_BURST',
    description: 'Burst limit of each API, in requests',
    allowed: '1 to 10000',
    fallback: '`200`',
    schema: v.optional(integer(1, 10_000), '200'),
  }),
  reservedConcurrency: setting({
    variable: 'WORKFLOWS_RESERVED_CONCURRENCY',
    description: 'Reserved concurrency of each function, which is also its maximum',
    allowed: '1 to 1000',
    fallback: 'none: the account limit applies',
    schema: optional(integer(1, 1000)),
  }),
  tags: setting({
    variable: 'WORKFLOWS_TAGS',
    description: 'Tags of all resources',
    allowed: 'key=value pairs, separated by commas; a key must not start with aws:',
    fallback: 'none',
    schema: tags,
  }),
  alarmEmail: setting({
    variable: 'WORKFLOWS_ALARM_EMAIL',
    description: 'Email address that receives the alarms after it confirms the subscription',
    allowed: 'an email address',
    fallback: 'none',
    schema: optional(v.pipe(v.string(), v.email())),
  }),
  alarmTopicArn: setting({
    variable: 'WORKFLOWS_ALARM_TOPIC_ARN',
    description: 'SNS topic that receives the alarms, instead of an email address',
    allowed: 'the ARN of an SNS topic',
    fallback: 'none',
    schema: optional(v.pipe(v.string(), v.regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/))),
  }),
  waitingAlarmSeconds: setting({
    variable: 'WORKFLOWS_WAITING_ALARM_SECONDS',
    description: 'Seconds that a task may wait for its callback before an alarm is raised',
    allowed: `60 to ${MAX_TIMEOUT_SECONDS}`,
    fallback: `\`${2 * DEFAULT_TIMEOUT_SECONDS}\`: twice the default timeout of a task`,
    schema: v.optional(integer(60, MAX_TIMEOUT_SECONDS), String(2 * DEFAULT_TIMEOUT_SECONDS)),
  }),
  stateBucket: setting({
    variable: 'WORKFLOWS_STATE_BUCKET',
    description: 'S3 bucket for the Terraform state and its lock file',
    allowed: 'a bucket name',
    fallback: 'a local file',
    schema: optional(v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/))),
  }),
  stateKeyPrefix: setting({
    variable: 'WORKFLOWS_STATE_KEY_PREFIX',
    description: "Prefix of the state's key, before the name prefix and the environment name",
    allowed: 'a path without a leading or trailing slash',
    fallback: '`workflows`',
    schema: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]+(\/[\w.-]+)*$/)), 'workflows'),
  }),
  stateRegion: setting({
    variable: 'WORKFLOWS_STATE_REGION',
    description: 'Region of the state bucket',
    allowed: REGION_ALLOWED,
    fallback: 'the region of the resources',
    schema: optional(region),
  }),
} as const;
