import { Testing } from 'cdktf';
import { HttpApi, type HttpApiProps, NodeFunction, type RouteKey } from '../src';
import { bundle, newStack, onlyResource, readable, resourcesOf } from './support/synthesis';

const build = (props: Partial<HttpApiProps> = {}) => {
  const stack = newStack();
  const api = new HttpApi(stack, 'Api', { name: 'dev-api', ...props });
  const fn = new NodeFunction(stack, 'GetTask', { name: 'get-task', bundle: bundle() });
  const fallback = new NodeFunction(stack, 'Fallback', { name: 'fallback', bundle: bundle() });
  return { stack, api, fn, fallback };
};

const rows = (stack: ReturnType<typeof newStack>, type: string, attribute: string) =>
  Object.values(resourcesOf(stack, type)).map((it) => readable(String(it[attribute])));

describe('HttpApi', () => {
  it('is an HTTP API with one stage that deploys itself, logs and limits the rate', () => {
    const { stack } = build({ throttleRate: 10, throttleBurst: 20 });

    expect(onlyResource(stack, 'aws_apigatewayv2_api')).toEqual({ name: 'dev-api', protocol_type: 'HTTP' });
    expect(onlyResource(stack, 'aws_apigatewayv2_stage')).toMatchObject({
      name: 'prod',
      auto_deploy: true,
      default_route_settings: {
        detailed_metrics_enabled: true,
        throttling_rate_limit: 10,
        throttling_burst_limit: 20,
      },
    });
  });

  it('logs accesses as JSON, without bodies, queries and headers', () => {
    const { stack } = build();
    const { access_log_settings: log } = onlyResource(stack, 'aws_apigatewayv2_stage') as {
      access_log_settings: { format: string };
    };

    expect(JSON.parse(log.format)).toMatchObject({ routeKey: '$context.routeKey', status: '$context.status' });
    expect(log.format).not.toMatch(/authorizer|header|query|requestOverride/i);
  });

  it('sends a route to its function in payload format 2.0', () => {
    const { stack, api, fn } = build();
    api.route('GET /tasks/{taskId}', fn);

    expect(onlyResource(stack, 'aws_apigatewayv2_route')).toMatchObject({
      route_key: 'GET /tasks/{taskId}',
      authorization_type: 'NONE',
    });
    expect(onlyResource(stack, 'aws_apigatewayv2_integration')).toMatchObject({
      integration_type: 'AWS_PROXY',
      payload_format_version: '2.0',
    });
  });

  it('lets the API invoke a function by its own routes only', () => {
    const { stack, api, fn, fallback } = build();
    api.route('GET /tasks/{taskId}', fn);
    api.route('POST /tasks/{taskId}/heartbeat', fn);
    api.fallback(fallback);

    expect(rows(stack, 'aws_lambda_permission', 'source_arn').sort()).toEqual([
      '<aws_apigatewayv2_api.Api.execution_arn>/prod/$default',
      '<aws_apigatewayv2_api.Api.execution_arn>/prod/GET/tasks/{taskId}',
      '<aws_apigatewayv2_api.Api.execution_arn>/prod/POST/tasks/{taskId}/heartbeat',
    ]);
  });

  it('integrates a function once, however many routes it serves', () => {
    const { stack, api, fn } = build();
    api.route('GET /a', fn);
    api.route('GET /b', fn);

    expect(Object.keys(resourcesOf(stack, 'aws_apigatewayv2_integration'))).toHaveLength(1);
  });

  it('tells the fallback every route, those declared later too', () => {
    const { stack, api, fn, fallback } = build();
    api.route('GET /tasks', fn);
    api.fallback(fallback);
    api.route('POST /tasks', fn);

    const functions = Object.values(resourcesOf(stack, 'aws_lambda_function'));
    const environment = functions.find((it) => it.function_name === 'fallback')?.environment as {
      variables: { API_ROUTES: string };
    };
    expect(JSON.parse(environment.variables.API_ROUTES)).toEqual(['GET /tasks', 'POST /tasks']);
  });

  it('asks for signed requests where it is told to, except on routes that say otherwise', () => {
    const { stack, api, fn } = build({ authorization: 'AWS_IAM' });
    api.route('POST /tasks', fn);
    api.route('PUT /tasks/{taskId}', fn, { authorization: 'NONE' });

    const routes = Object.values(resourcesOf(stack, 'aws_apigatewayv2_route'));
    expect(routes.map((it) => [it.route_key, it.authorization_type]).sort()).toEqual([
      ['POST /tasks', 'AWS_IAM'],
      ['PUT /tasks/{taskId}', 'NONE'],
    ]);
  });

  it.each([
    [undefined, '<aws_apigatewayv2_api.Api.api_endpoint>/prod/'],
    [
      'http://localhost:4566/_aws/execute-api/{apiId}/{stage}',
      'http://localhost:4566/_aws/execute-api/<aws_apigatewayv2_api.Api.id>/prod/',
    ],
    ['http://{apiId}.localhost/{stage}/', 'http://<aws_apigatewayv2_api.Api.id>.localhost/prod/'],
  ])('has a URL that ends with a slash (template %s)', (urlTemplate, url) => {
    const { stack, api, fn } = build(urlTemplate === undefined ? {} : { urlTemplate });
    fn.addEnvironment('API_URL', api.url);

    const functions = Object.values(resourcesOf(stack, 'aws_lambda_function'));
    const environment = functions.find((it) => it.function_name === 'get-task')?.environment as {
      variables: { API_URL: string };
    };
    expect(readable(environment.variables.API_URL)).toBe(url);
  });

  it('refuses a second function for a route', () => {
    const { api, fn, fallback } = build();
    api.route('GET /tasks', fn);
    api.fallback(fallback);

    expect(() => api.route('GET /tasks', fallback)).toThrow(
      'Stack/Api: route "GET /tasks" is declared twice; a route has one function. Remove one of the declarations.',
    );
    expect(() => api.fallback(fn)).toThrow('route "$default" is declared twice');
  });

  it.each(['GET /tasks/{task-id}', 'get /tasks', 'GET tasks', 'GET /a b'])('refuses the route %j', (routeKey) => {
    const { api, fn } = build();

    expect(() => api.route(routeKey as RouteKey, fn)).toThrow(
      `route ${JSON.stringify(
        routeKey,
      )} is not valid; allowed: an HTTP method in upper case, a space, and a path such as "GET /tasks/{taskId}".`,
    );
  });

  it('refuses a URL template without its two placeholders', () => {
    expect(() => build({ urlTemplate: 'http://localhost:4566' })).toThrow(
      '"urlTemplate" is "http://localhost:4566"; it must contain {apiId} and {stage}',
    );
  });

  it.each(['throttleRate', 'throttleBurst'] as const)('refuses %s 0, which would close the API', (property) => {
    expect(() => build({ [property]: 0 })).toThrow(
      `${property} is 0; allowed: a whole number of requests from 1 to 10000.`,
    );
  });

  it('keeps its ids, which are addresses in the state', () => {
    const { api, fn, fallback } = build();
    api.route('GET /tasks/{taskId}', fn);
    api.fallback(fallback);

    expect(Testing.renderConstructTree(api)).toMatchInlineSnapshot(`
      "Api (HttpApi)
      ├── Resource (Apigatewayv2Api)
      ├── AccessLog (CloudwatchLogGroup)
      ├── Stage (Apigatewayv2Stage)
      ├── GET-tasks-taskId (Construct)
          ├── Resource (Apigatewayv2Route)
          └── Permission (LambdaPermission)
      ├── Integration-GetTask (Apigatewayv2Integration)
      ├── default (Construct)
          ├── Resource (Apigatewayv2Route)
          └── Permission (LambdaPermission)
      └── Integration-Fallback (Apigatewayv2Integration)
      "
    `);
  });
});
