import { MAX_BODY_BYTES } from '@workflows/contract';
import {
  decodeUtf8,
  fieldError,
  HttpProblem,
  invalidBody,
  isUnknownField,
  MAX_ERRORS,
  parseJson,
  toFieldErrors,
  tooLarge,
} from '@workflows/lambda-commons/problem';
import { type BaseIssue, type GenericSchema, type InferOutput, safeParse } from 'valibot';
import { findUnsupportedJson } from './json-shape';

/** The parts of an API Gateway event that make up its body. */
export interface BodySource {
  readonly body?: string | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
}

/** `application/json` or any type with the `+json` suffix, with or without parameters. */
const JSON_MEDIA_TYPE = /^application\/(?:[\w!#$&^.+-]+\+)?json\s*(?:;|$)/i;

/**
 * Reads, bounds and validates a JSON body. An empty body counts as `{}`.
 *
 * @throws HttpProblem 413 too large, 415 not JSON by its content type, 400 not JSON, 422 not what the schema takes
 */
export function readJsonBody<S extends GenericSchema>(source: BodySource, schema: S): InferOutput<S> {
  const text = decode(source);
  if (text.trim() !== '') {
    requireJsonMediaType(source);
  }
  const value = text.trim() === '' ? {} : parseJson(text);
  const unsupported = findUnsupportedJson(value);
  if (unsupported !== undefined) {
    throw invalidBody([unsupported]);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidBody([fieldError([], 'must be an object')]);
  }
  const result = safeParse(schema, value);
  if (!result.success) {
    throw invalidBody(toFieldErrors(allIssues(schema, value)));
  }
  return result.output;
}

/** The schema stops at the first unknown field: takes each away in turn, so that one answer names them all. */
function allIssues(schema: GenericSchema, value: object): BaseIssue<unknown>[] {
  const unknown: BaseIssue<unknown>[] = [];
  let rest = value;
  while (unknown.length < MAX_ERRORS) {
    const issues = safeParse(schema, rest).issues ?? [];
    const found = issues.find((issue) => isUnknownField(issue) && issue.path?.length === 1);
    if (found === undefined) {
      return [...issues, ...unknown];
    }
    unknown.push(found);
    const key = found.path?.[0]?.key;
    rest = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== key));
  }
  return unknown;
}

function decode({ body = '', isBase64Encoded = false }: BodySource): string {
  const bytes = isBase64Encoded ? Buffer.from(body, 'base64') : Buffer.from(body);
  if (bytes.byteLength > MAX_BODY_BYTES) {
    throw tooLarge('The body', MAX_BODY_BYTES);
  }
  return decodeUtf8(bytes);
}

function requireJsonMediaType({ headers }: BodySource): void {
  const type = headers?.['content-type'];
  if (type !== undefined && !JSON_MEDIA_TYPE.test(type.trim())) {
    throw new HttpProblem('unsupported-media-type', 'Send the body with the header `Content-Type: application/json`.', {
      headers: { Accept: 'application/json' },
    });
  }
}
