import type { JsonValue } from '@workflows/states-language';
import * as v from 'valibot';
import { AwsError } from '../contracts';

/** @throws {AwsError} `SerializationException` */
export function parseBody(body: Buffer): JsonValue {
  try {
    return body.length === 0 ? {} : (JSON.parse(body.toString()) as JsonValue);
  } catch {
    throw new AwsError('SerializationException', 'The body of the request is not JSON');
  }
}

/**
 * The operation of a service's API that a request names.
 *
 * @param requests the schema of the request of each operation that is supported
 * @throws {Error} that `refusal` makes of what is not supported, and what is
 */
export function operationIn<R extends object>(
  requests: R,
  { name, service }: { readonly name: string; readonly service: string },
  refusal: (message: string) => Error,
): keyof R {
  if (Object.hasOwn(requests, name)) {
    return name as keyof R;
  }
  const supported = Object.keys(requests).join(', ');
  throw refusal(`${service} operation ${name.slice(0, 100)} is not supported; supported: ${supported}`);
}

/** @throws {Error} that `refusal` makes of the first problem */
export function requestBy<S extends v.GenericSchema>(
  schema: S,
  request: unknown,
  refusal: (issue: v.InferIssue<S>) => Error,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, request);
  if (parsed.success) {
    return parsed.output;
  }
  throw refusal(parsed.issues[0]);
}
