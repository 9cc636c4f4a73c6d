import { randomUUID } from 'node:crypto';
import { type Authorizer, AwsError, type AwsRequest, type AwsResponse, type AwsService } from '../../contracts';
import { functionNameOf } from '../function-name';
import type { Functions } from '../functions';
import { OPERATIONS, type Operation } from './operations';

const PREFIX = '/2015-03-31/functions';

/** Paths of Lambda's API start with the date of the version that brought the operation. */
const ANY_LAMBDA_PATH =
  /^\/20\d\d-\d\d-\d\d\/(functions|layers|event-source-mappings|tags|account-settings|event-invoke-config)/;

/** Lambda's REST API behind the AWS endpoint. */
export class LambdaService implements AwsService {
  readonly #functions: Functions;
  readonly #authorizer: Authorizer;

  constructor(functions: Functions, authorizer: Authorizer) {
    this.#functions = functions;
    this.#authorizer = authorizer;
  }

  serves({ path }: AwsRequest): boolean {
    return ANY_LAMBDA_PATH.test(path);
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    try {
      const { name, operation } = find(request);
      const resource = name === '' ? '*' : this.#functions.arn(functionNameOf(name));
      this.#authorizer.authorize(request.principal, operation.action, resource);
      const response = await operation.run(this.#functions, request, name);
      return { ...response, headers: { 'x-amzn-requestid': randomUUID(), ...response.headers } };
    } catch (error) {
      if (error instanceof AwsError) {
        return failure(error);
      }
      throw error;
    }
  }

  /** The functions belong to whoever made them. */
  async close(): Promise<void> {}
}

function find(request: AwsRequest): { readonly operation: Operation; readonly name: string } {
  const path = decodePath(request.path).replace(/\/$/, '');
  for (const operation of OPERATIONS) {
    if (operation.method !== request.method) {
      continue;
    }
    const pattern = `^${PREFIX}${operation.path.replace('{name}', '(?<name>[^/]+)')}$`;
    const match = new RegExp(pattern).exec(path);
    if (match !== null) {
      return { operation, name: match.groups?.name ?? '' };
    }
  }
  const supported = OPERATIONS.map(({ action }) => action.replace('lambda:', '')).join(', ');
  throw new AwsError(
    'UnknownOperationException',
    `${request.method} ${path} is not supported; supported: ${supported}`,
    404,
  );
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsError('ValidationException', 'The path is not percent-encoded UTF-8');
  }
}

/** Lambda says who is at fault in `Type`, and what is wrong in the header and in `Message`. */
function failure({ code, message, status }: AwsError): AwsResponse {
  const denied = code === 'AccessDeniedException';
  return {
    status: denied ? 403 : status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify({ Type: status >= 500 ? 'Service' : 'User', Message: message, message }),
  };
}
