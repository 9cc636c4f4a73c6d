import type { IdempotentBody } from '@workflows/contract/schemas';
import { HttpProblem } from '@workflows/lambda-commons/problem';
import { canonicalHash } from '../canonical-json';
import { temporarilyUnavailable } from '../http/handler';
import { idFromKey } from '../http/idempotency-key';
import type { NameStore } from './name-store';

/**
 * Ties an `Idempotency-Key` to one payload. Its record stands beside those of names, under a name that no client can
 * choose because of its colon.
 *
 * @returns who is asking, as {@link NameStore.announce} writes it down: all requests with this key are one
 * @throws HttpProblem 422 when the key was sent before with another payload
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 */
export async function claimKey(
  names: NameStore,
  key: string,
  { name, input }: IdempotentBody,
  retentionSeconds: number,
): Promise<string> {
  const keyName = `key:${idFromKey('POST /workflow', key)}`;
  const payloadHash = canonicalHash({ name, input });
  await names.reserve(keyName, payloadHash, retentionSeconds);
  const record = await names.get(keyName);
  if (record === undefined) {
    throw temporarilyUnavailable('The key has just expired. Send the same request again.');
  }
  if (record.inputHash !== payloadHash) {
    throw new HttpProblem(
      'idempotency-key-reused',
      'This Idempotency-Key was already used with a different payload. Send the same payload, or a new key.',
    );
  }
  return keyName;
}
