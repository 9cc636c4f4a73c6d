import type { SFNClient } from '@aws-sdk/client-sfn';
import { AwsClient } from 'aws4fetch';
import type { Target } from '../target/target';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Calls the stacks' HTTP APIs, signed, so that APIs with `AWS_IAM` authorization answer too; those without ignore the
 * signature.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export async function callApi(call: HttpCall, target: Target, sfn: SFNClient, timeoutMs = 30_000): Promise<Response> {
  const init = {
    method: call.method,
    headers: { ...(call.body === undefined ? {} : { 'content-type': 'application/json' }), ...call.headers },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    redirect: 'error' as const,
    signal: AbortSignal.timeout(timeoutMs),
  };
  const { accessKeyId, secretAccessKey, sessionToken } = await sfn.config.credentials();
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    service: 'execute-api',
    region: target.region,
    retries: 0,
  });
  return client.fetch(call.url, init);
}
