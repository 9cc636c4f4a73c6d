import { OUTPUTS, type OutputKey } from '@workflows/contract';
import { toResponses } from './answers';
import type { ApiName, Json, Operation } from './model';
import { OPERATIONS } from './operations';
import { HEADERS, PARAMETERS } from './parameters';
import { GATEWAY_MESSAGE, PROBLEM, SCHEMAS, toComponent } from './schemas';

/** The output that says where each API is, and what it is for. */
const APIS: Readonly<Record<ApiName, { readonly output: string; readonly description: string }>> = {
  workflows: { output: qualified('workflowApi'), description: 'The workflow API' },
  idempotent: { output: qualified('idempotentApi'), description: 'The idempotent API' },
  mock: { output: qualified('serviceApi'), description: 'The mock external service' },
};

function qualified(key: OutputKey): string {
  const { stack, name } = OUTPUTS[key];
  return `${stack}.${name}`;
}

/**
 * The OpenAPI document of all three APIs. They share no path, so each path names the server that it is of.
 *
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export function createDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Workflows',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: [
        'JSON in and out. What is no problem is `application/json`; what is one is a problem document (RFC 9457) whose `code` is stable.',
        'An unknown path is 404 `route-not-found`, another method on a known one 405 `method-not-allowed` with `Allow`.',
        'An empty body counts as `{}`. Bodies have at most 256 KiB and 64 levels.',
      ].join('\n\n'),
    },
    tags: Object.entries(APIS).map(([name, { description, output }]) => ({
      name,
      description: `${description}: output \`${output}\``,
    })),
    paths: toPaths(OPERATIONS),
    components: {
      schemas: {
        ...Object.fromEntries(Object.entries(SCHEMAS).map(([name, schema]) => [name, toComponent(schema)])),
        Problem: PROBLEM,
        GatewayMessage: GATEWAY_MESSAGE,
      },
      parameters: PARAMETERS,
      headers: HEADERS,
    },
  };
}

function toPaths(operations: readonly Operation[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const [method = '', path = ''] = operation.routeKey.split(' ');
    paths[path] = { servers: [server(operation.api)], ...paths[path], [method.toLowerCase()]: toOperation(operation) };
  }
  return paths;
}

function toOperation(operation: Operation): Json {
  const { api, operationId, summary, description, parameters = [], body } = operation;
  return {
    tags: [api],
    operationId,
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0
      ? {}
      : { parameters: parameters.map((name) => ({ $ref: `#/components/parameters/${name}` })) }),
    ...(body === undefined ? {} : { requestBody: toRequestBody(body) }),
    responses: toResponses(operation),
  };
}

function toRequestBody({ schema, required, examples }: NonNullable<Operation['body']>): Json {
  return {
    required,
    content: {
      'application/json': {
        schema: { $ref: `#/components/schemas/${schema}` },
        examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
      },
    },
  };
}

const server = (api: ApiName): Json => ({
  url: 'https://{apiId}.execute-api.{region}.amazonaws.com/prod',
  description: `${APIS[api].description}: output ${APIS[api].output}`,
  variables: { apiId: { default: 'a1b2c3d4e5' }, region: { default: 'us-east-1' } },
});
