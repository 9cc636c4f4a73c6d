import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2Stage } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Construct } from 'constructs';
import { duplicateRoute, invalidRoute, invalidUrlTemplate } from './errors';
import { checkInteger, checkLogRetention, checkName, NAME_RULES } from './guards';
import type { NodeFunction } from './node-function';

/** An HTTP method and a path, such as `GET /tasks/{taskId}`. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export type RouteKey = `${'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT'} /${string}`;

/** Authorization of a route: open to all callers, or only to AWS identities that sign their requests. */
export type RouteAuthorization = 'NONE' | 'AWS_IAM';

export interface HttpApiProps {
  /** 1 to 128 characters. */
  readonly name: string;
  /** @default - none */
  readonly description?: string;
  /** Default authorization of the routes. @default 'NONE' */
  readonly authorization?: RouteAuthorization;
  /** Days to keep the access log. @default 30 */
  readonly logRetentionDays?: number;
  /** Steady-state rate limit of all routes together, in requests per second. @default 100 */
  readonly throttleRate?: number;
  /** Burst limit of all routes together, in requests. @default 200 */
  readonly throttleBurst?: number;
  /**
   * Replaces the API's host in {@link HttpApi.url}, for emulators that serve APIs elsewhere: a URL with `{apiId}` and
   * `{stage}`.
   *
   * @default - the host that AWS assigns
   */
  readonly urlTemplate?: string;
}

export interface RouteOptions {
  /** @default - the API's */
  readonly authorization?: RouteAuthorization;
}

/** The one stage; part of every URL. */
const STAGE = 'prod';

/** Fields of the access log. It never contains a body, a path, a query or a header, because they may contain credentials. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  status: '$context.status',
  protocol: '$context.protocol',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationError: '$context.integrationErrorMessage',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
});

const ROUTE_KEY = /^(DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) (\/([A-Za-z0-9._~-]+|\{[A-Za-z0-9_]+\+?\}))*\/?$/;

/**
 * An API Gateway HTTP API with one stage, `prod`, whose routes are functions. It logs every access, limits the rate,
 * and allows each route to invoke only its own function.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
 * @example
 * const api = new HttpApi(this, 'Api', { name: 'dev-workflows' });
 * api.route('GET /tasks/{taskId}', getTask);
 * api.fallback(routeFallback);
 */
export class HttpApi extends Construct {
  readonly resource: Apigatewayv2Api;
  readonly stage: Apigatewayv2Stage;
  readonly logGroup: CloudwatchLogGroup;
  readonly stageName = STAGE;
  /** The name from the props, known at synthesis. */
  readonly apiName: string;
  readonly #props: HttpApiProps;
  readonly #routeKeys: string[] = [];
  readonly #integrations = new Map<NodeFunction, Apigatewayv2Integration>();
  #fallback: NodeFunction | undefined;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    checkName(this, NAME_RULES.api, props.name);
    checkLogRetention(this, props.logRetentionDays);
    const limits = {
      min: 1,
      max: 10_000,
      unit: 'requests',
      fix: 'The default quota of an account is 10000 requests per second.',
    };
    checkInteger(this, 'throttleRate', props.throttleRate, limits);
    checkInteger(this, 'throttleBurst', props.throttleBurst, limits);
    if (props.urlTemplate !== undefined && !/\{apiId\}[\s\S]*\{stage\}/.test(props.urlTemplate)) {
      throw invalidUrlTemplate(this.node.path, props.urlTemplate);
    }
    this.#props = props;
    this.apiName = props.name;

    this.resource = new Apigatewayv2Api(this, 'Resource', {
      name: props.name,
      protocolType: 'HTTP',
      ...(props.description === undefined ? {} : { description: props.description }),
    });
    this.logGroup = new CloudwatchLogGroup(this, 'AccessLog', {
      // With this prefix, CloudWatch does not reach the size limit of its resource policy.
      name: `/aws/vendedlogs/apis/${props.name}`,
      retentionInDays: props.logRetentionDays ?? 30,
    });
    this.stage = new Apigatewayv2Stage(this, 'Stage', {
      apiId: this.resource.id,
      name: STAGE,
      autoDeploy: true,
      accessLogSettings: { destinationArn: this.logGroup.arn, format: ACCESS_LOG_FORMAT },
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: props.throttleRate ?? 100,
        throttlingBurstLimit: props.throttleBurst ?? 200,
      },
    });
  }

  /** Base URL with the stage and a trailing slash. */
  get url(): string {
    const { urlTemplate } = this.#props;
    const base =
      urlTemplate === undefined
        ? `${this.resource.apiEndpoint}/${STAGE}`
        : urlTemplate.replace('{apiId}', this.resource.id).replace('{stage}', STAGE);
    return base.endsWith('/') ? base : `${base}/`;
  }

  /** Route keys in the order in which they were declared, without `$default`. */
  get routeKeys(): readonly string[] {
    return this.#routeKeys;
  }

  /**
   * Routes requests that match `routeKey` to `target`.
   *
   * @throws {ConstructError} when the route key is invalid or already in use.
   */
  route(routeKey: RouteKey, target: NodeFunction, options: RouteOptions = {}): void {
    if (!ROUTE_KEY.test(routeKey)) {
      throw invalidRoute(this.node.path, routeKey);
    }
    if (this.#routeKeys.includes(routeKey)) {
      throw duplicateRoute(this.node.path, routeKey);
    }
    this.#routeKeys.push(routeKey);
    const [method = '', path = ''] = routeKey.split(' ');
    this.#addRoute(routeKey, `${method}${path}`, target, options.authorization ?? this.#props.authorization ?? 'NONE');
    this.#tellFallback();
  }

  /**
   * Routes all other requests to `target`. The function receives all route keys in the environment variable
   * `API_ROUTES` (a JSON array), to distinguish an unknown path from an unsupported method.
   */
  fallback(target: NodeFunction): void {
    if (this.#fallback !== undefined) {
      throw duplicateRoute(this.node.path, '$default');
    }
    this.#fallback = target;
    this.#addRoute('$default', '$default', target, this.#props.authorization ?? 'NONE');
    this.#tellFallback();
  }

  #tellFallback(): void {
    this.#fallback?.addEnvironment('API_ROUTES', JSON.stringify(this.#routeKeys));
  }

  #addRoute(routeKey: string, permissionPath: string, target: NodeFunction, authorization: RouteAuthorization): void {
    const route = new Construct(this, routeId(routeKey));
    new Apigatewayv2Route(route, 'Resource', {
      apiId: this.resource.id,
      routeKey,
      authorizationType: authorization,
      target: `integrations/${this.#integrationWith(target).id}`,
    });
    new LambdaPermission(route, 'Permission', {
      statementId: routeId(routeKey),
      action: 'lambda:InvokeFunction',
      functionName: target.resource.functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `${this.resource.executionArn}/${STAGE}/${permissionPath}`,
    });
  }

  #integrationWith(target: NodeFunction): Apigatewayv2Integration {
    const existing = this.#integrations.get(target);
    if (existing !== undefined) {
      return existing;
    }
    const integration = new Apigatewayv2Integration(this, `Integration-${target.node.id}`, {
      apiId: this.resource.id,
      integrationType: 'AWS_PROXY',
      integrationUri: target.resource.invokeArn,
      integrationMethod: 'POST',
      payloadFormatVersion: '2.0',
      timeoutMilliseconds: 29_000,
    });
    this.#integrations.set(target, integration);
    return integration;
  }
}

/** `GET /tasks/{taskId}` → `GET-tasks-taskId`: letters, digits and hyphens, as construct ids and statement ids allow. */
const routeId = (routeKey: string): string => routeKey.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '');
