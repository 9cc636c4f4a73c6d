import type { Authorizer, Principal } from '../contracts';
import type { ApiRequest } from './request';

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/\d{8}\/[^/]+\/execute-api\/aws4_request,\s*SignedHeaders=[^,]+,\s*Signature=[\da-f]{64}$/;

export interface Caller {
  readonly accessKeyId: string;
  /** The role behind the key; absent for the developer's own credentials. */
  readonly principal: Principal | undefined;
}

/**
 * Who signed a request to a route that AWS_IAM guards. Checked are the form of the signature, the service it is for and
 * that the key is known; the signature itself is not computed, since secrets protect nothing on one machine.
 * @returns undefined for a request that AWS would turn away
 */
export function identifyCaller(
  request: ApiRequest,
  authorizer: Authorizer,
  developerKeys: readonly string[],
): Caller | undefined {
  const accessKeyId = SIGNATURE.exec(request.headers.authorization ?? '')?.[1];
  if (accessKeyId === undefined || request.headers['x-amz-date'] === undefined) {
    return undefined;
  }
  const principal = authorizer.principalOf(accessKeyId);
  return principal !== undefined || developerKeys.includes(accessKeyId) ? { accessKeyId, principal } : undefined;
}
