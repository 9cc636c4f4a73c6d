import * as v from 'valibot';
import { AwsError } from '../../contracts';
import { LIMITS, NODE_RUNTIMES } from '../function-configuration';

const Settings = {
  Description: v.optional(v.pipe(v.string(), v.maxLength(256))),
  Environment: v.optional(v.strictObject({ Variables: v.optional(v.record(v.string(), v.string()), {}) })),
  Handler: v.optional(v.pipe(v.string(), v.maxLength(128), v.regex(/^\S+$/))),
  MemorySize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(128), v.maxValue(LIMITS.memorySizeMb))),
  Role: v.optional(v.pipe(v.string(), v.regex(/^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[\w+=,.@/-]+$/))),
  Runtime: v.optional(v.picklist(NODE_RUNTIMES)),
  Timeout: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LIMITS.timeoutSeconds))),
  TracingConfig: v.optional(v.strictObject({ Mode: v.picklist(['Active', 'PassThrough']) })),
};

const Architectures = v.optional(v.pipe(v.array(v.picklist(['arm64', 'x86_64'])), v.length(1)));
const ZipFile = v.pipe(
  v.string(),
  v.base64(),
  v.transform((text) => Buffer.from(text, 'base64')),
);

export const CreateFunctionSchema = v.strictObject({
  ...Settings,
  Architectures,
  Code: v.strictObject({ ZipFile }),
  FunctionName: v.string(),
  Handler: v.nonOptional(Settings.Handler),
  PackageType: v.optional(v.literal('Zip')),
  Publish: v.optional(v.literal(false)),
  Role: v.nonOptional(Settings.Role),
  Runtime: v.nonOptional(Settings.Runtime),
  Tags: v.optional(v.record(v.string(), v.string())),
});

export const UpdateConfigurationSchema = v.strictObject({ ...Settings, RevisionId: v.optional(v.string()) });

export const UpdateCodeSchema = v.strictObject({
  Architectures,
  DryRun: v.optional(v.literal(false)),
  Publish: v.optional(v.literal(false)),
  RevisionId: v.optional(v.string()),
  ZipFile,
});

export const AddPermissionSchema = v.strictObject({
  Action: v.pipe(v.string(), v.regex(/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/)),
  Principal: v.string(),
  SourceAccount: v.optional(v.string()),
  SourceArn: v.optional(v.string()),
  StatementId: v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/)),
});

/**
 * Reads a request's JSON body.
 * @throws {AwsError} `InvalidRequestContentException`, `InvalidParameterValueException`; the member is named, and what it may be
 */
export function parseRequest<T extends v.GenericSchema>(schema: T, body: Buffer): v.InferOutput<T> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  const member = v.getDotPath(issue) ?? 'request';
  const problem =
    issue.expected === 'never'
      ? 'is not supported by this runtime'
      : `failed to satisfy constraint: ${issue.message}${issue.expected ? ` (allowed: ${issue.expected})` : ''}`;
  throw new AwsError('InvalidParameterValueException', `1 validation error detected: Value at '${member}' ${problem}`);
}
