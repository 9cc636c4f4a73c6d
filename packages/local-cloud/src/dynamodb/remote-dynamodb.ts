import type { AwsRequest, AwsResponse, AwsService } from '../contracts';
import { anySignature, httpCall } from '../endpoint/http-call';
import { TARGET } from './dynamodb-service';

/** DynamoDB behind another endpoint, for example DynamoDB Local. */
export class RemoteDynamoDb implements AwsService {
  readonly #url: URL;
  readonly #region: string;

  constructor(url: string, region: string) {
    this.#url = new URL(url);
    this.#region = region;
  }

  serves(request: AwsRequest): boolean {
    return request.headers['x-amz-target']?.startsWith(TARGET) === true;
  }

  handle({ body, headers, method }: AwsRequest): Promise<AwsResponse> {
    return httpCall(this.#url, { method, headers: { ...headers, ...anySignature(this.#region, 'dynamodb') }, body });
  }

  async close(): Promise<void> {}
}
