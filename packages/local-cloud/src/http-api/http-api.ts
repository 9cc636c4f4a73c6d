import { arnOf } from '../account';
import { type Authorizer, AwsError, type RuntimeClock } from '../contracts';
import type { FunctionService, LogSink } from '../lambda';
import { UnsupportedError } from '../unsupported-error';
import { type AccessRecord, accessLogFormatter } from './access-log';
import { type Caller, identifyCaller } from './authorization';
import { toEvent } from './event';
import { type Integration, type IntegrationOutcome, integrate } from './integration';
import type { ApiRequest } from './request';
import { type ApiResponse, gatewayResponse } from './response';
import { Router } from './router';
import { Throttle, type ThrottleSettings } from './throttle';

export interface Route {
  readonly key: string;
  readonly integrationId: string;
  readonly authorization: 'NONE' | 'AWS_IAM';
}

export interface Stage {
  readonly name: string;
  readonly throttle?: ThrottleSettings;
  /** By route key; wins over `throttle`. */
  readonly routeThrottles: Readonly<Record<string, ThrottleSettings>>;
  readonly accessLogFormat?: string;
}

/** One request that an API answered. */
export interface RequestReport {
  readonly apiName: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly durationMs: number;
}

export interface HttpApiOptions {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly functions: FunctionService;
  readonly authorizer: Authorizer;
  readonly developerKeys: readonly string[];
  readonly clock: RuntimeClock;
  readonly logs: Pick<LogSink, 'write'>;
  readonly onRequest: (report: RequestReport) => void;
}

interface Outcome extends IntegrationOutcome {
  readonly stage?: string;
  readonly routeKey?: string;
}

/** AWS checks a permission against the route's own path, in which parameters are as written in its key. */
function permissionPath(routeKey: string): string {
  return routeKey === '$default' ? '/$default' : `/${routeKey.split(' /').join('/')}`;
}

/** One API Gateway HTTP API: its stages and routes, and what becomes of a request. */
export class HttpApi {
  readonly #integrations = new Map<string, Integration>();
  readonly #routes: Route[] = [];
  readonly #stages = new Map<string, { readonly stage: Stage; readonly log?: (record: AccessRecord) => string }>();
  readonly #throttles = new Map<string, Throttle>();
  #router: Router<Route> = new Router([]);

  readonly #options: HttpApiOptions;

  constructor(options: HttpApiOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  get executionArn(): string {
    return arnOf('execute-api', this.#options.region, this.id);
  }

  addIntegration(integration: Integration): void {
    this.#integrations.set(integration.id, integration);
  }

  /** @throws {UnsupportedError} for a route key that is not supported, or an integration that does not exist. */
  addRoute(route: Route): void {
    if (!this.#integrations.has(route.integrationId)) {
      throw new UnsupportedError(
        `route ${route.key} has target ${route.integrationId}; supported: an integration of the same API`,
      );
    }
    this.#routes.push(route);
    this.#router = new Router(this.#routes.map((it) => ({ key: it.key, route: it })));
  }

  /** @throws {UnsupportedError} for an access log format that is not supported. */
  addStage(stage: Stage): void {
    const { accessLogFormat: format } = stage;
    this.#stages.set(stage.name, { stage, ...(format === undefined ? {} : { log: accessLogFormatter(format) }) });
  }

  async handle(request: ApiRequest): Promise<ApiResponse> {
    const { clock, name, onRequest } = this.#options;
    const timeMs = clock.now();
    const startedMs = performance.now();
    const outcome = await this.#answer(request, timeMs);
    const latencyMs = Math.round(performance.now() - startedMs);
    const { response } = outcome;
    this.#log(request, outcome, timeMs, latencyMs);
    onRequest({
      apiName: name,
      method: request.method,
      path: request.rawPath,
      status: response.status,
      durationMs: latencyMs,
    });
    return { ...response, headers: { ...response.headers, 'apigw-requestid': request.id } };
  }

  #log(request: ApiRequest, outcome: Outcome, timeMs: number, latencyMs: number): void {
    const { error, integrationLatencyMs, response, routeKey, stage = '-' } = outcome;
    const line = this.#stages.get(stage)?.log?.({
      request,
      apiId: this.id,
      stage,
      routeKey,
      status: response.status,
      responseLength: response.body.length,
      timeMs,
      latencyMs,
      integrationLatencyMs,
      error,
    });
    if (line !== undefined) {
      this.#options.logs.write(`api-${this.#options.name}`, `${line}\n`);
    }
  }

  async #answer(request: ApiRequest, timeMs: number): Promise<Outcome> {
    const path = decodePath(request.rawPath);
    if (path === undefined) {
      return { response: gatewayResponse(400, 'Bad Request') };
    }
    const located = this.#locate(request.rawPath);
    if (located === undefined) {
      return { response: gatewayResponse(404, 'Not Found') };
    }
    const { routePath, stage } = located;
    const match = this.#router.find(request.method, routePath);
    if (match === undefined) {
      return { stage: stage.name, response: gatewayResponse(404, 'Not Found') };
    }
    const known = { stage: stage.name, routeKey: match.route.key };
    if (!this.#withinLimits(stage, match.route.key, timeMs)) {
      return { ...known, response: gatewayResponse(429, 'Too Many Requests') };
    }
    const source = `${this.executionArn}/${stage.name}/${request.method}${routePath}`;
    const caller = this.#authorize(request, match.route, source);
    if (caller === 'forbidden') {
      return { ...known, response: gatewayResponse(403, 'Forbidden') };
    }
    const event = toEvent(request, {
      apiId: this.id,
      path,
      pathParameters: match.pathParameters,
      timeMs,
      ...known,
      ...(caller === undefined ? {} : { caller }),
    });
    const integration = this.#integrations.get(match.route.integrationId);
    if (integration === undefined) {
      throw new Error(`integration ${match.route.integrationId} does not exist`);
    }
    const sourceArn = `${this.executionArn}/${stage.name}${permissionPath(match.route.key)}`;
    const { clock, functions } = this.#options;
    return { ...known, ...(await integrate(functions, clock, integration, sourceArn, JSON.stringify(event))) };
  }

  /** `/prod/tasks` is `/tasks` of stage `prod`, or `/prod/tasks` of the stage that needs no name. */
  #locate(rawPath: string): { readonly stage: Stage; readonly routePath: string } | undefined {
    const [, first = ''] = rawPath.split('/', 2);
    const named = first === '$default' ? undefined : this.#stages.get(decodeURIComponent(first));
    if (named !== undefined) {
      return { stage: named.stage, routePath: rawPath.slice(first.length + 1) || '/' };
    }
    const unnamed = this.#stages.get('$default');
    return unnamed && { stage: unnamed.stage, routePath: rawPath };
  }

  #withinLimits(stage: Stage, routeKey: string, timeMs: number): boolean {
    const settings = stage.routeThrottles[routeKey] ?? stage.throttle;
    if (settings === undefined) {
      return true;
    }
    const key = `${stage.name} ${routeKey}`;
    const throttle = this.#throttles.get(key) ?? new Throttle(settings, timeMs);
    this.#throttles.set(key, throttle);
    return throttle.allow(timeMs);
  }

  #authorize(request: ApiRequest, route: Route, source: string): Caller | 'forbidden' | undefined {
    if (route.authorization === 'NONE') {
      return undefined;
    }
    const { authorizer, developerKeys } = this.#options;
    const caller = identifyCaller(request, authorizer, developerKeys);
    if (caller === undefined) {
      return 'forbidden';
    }
    try {
      authorizer.authorize(caller.principal, 'execute-api:Invoke', source);
      return caller;
    } catch (error) {
      if (error instanceof AwsError) {
        return 'forbidden';
      }
      throw error;
    }
  }
}

function decodePath(rawPath: string): string | undefined {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return undefined;
  }
}
