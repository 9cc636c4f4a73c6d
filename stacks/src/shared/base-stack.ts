import {
  type AlarmReceiver,
  type Definition,
  HttpApi,
  Monitoring,
  NodeFunction,
  type RouteKey,
  StateMachine,
} from '@workflows/constructs';
import { Aspects, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Config } from '../config/config';
import { handlerBundle } from './bundles';
import { API_FUNCTION_TIMEOUT_SECONDS, DEVELOPMENT } from './constants';
import { deploymentName } from './deployment-name';
import { OfflinePlan } from './offline-plan';
import { addBackend, addProvider } from './provider';

export interface FunctionOptions {
  /** Folder of the bundle. @default - the handler of that name */
  readonly bundle?: string;
  /** Name of the resource. @default - the handler's name */
  readonly name?: string;
  /** @default 25, for functions behind an API */
  readonly timeoutSeconds?: number;
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What the stacks have in common: provider, state, names, and the configuration that reaches every resource. */
export abstract class BaseStack extends TerraformStack {
  protected readonly config: Config;
  protected readonly monitoring: Monitoring;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id);
    this.config = config;
    addProvider(this, config);
    addBackend(this, config);
    this.monitoring = new Monitoring(this, 'Monitoring', {
      name: this.resourceName(id),
      region: config.region,
      receiver: alarmReceiver(config),
    });
    if (config.planOffline) {
      Aspects.of(this).add(new OfflinePlan());
    }
  }

  /** Data outside of development is never deleted by mistake. */
  protected get protectsData(): boolean {
    return this.config.environment !== DEVELOPMENT;
  }

  /** Name of a resource, its own in this account and region: `<prefix>-<environment>-<name>`. */
  protected resourceName(name: string): string {
    return `${deploymentName(this.config)}-${name}`;
  }

  /** A function with the configuration's logging, retention and concurrency. */
  protected addFunction(id: string, service: string, options: FunctionOptions = {}): NodeFunction {
    const { logLevel, logRetentionDays, reservedConcurrency } = this.config;
    const fn = new NodeFunction(this, id, {
      name: this.resourceName(options.name ?? service),
      bundle: options.bundle ?? handlerBundle(service),
      timeoutSeconds: options.timeoutSeconds ?? API_FUNCTION_TIMEOUT_SECONDS,
      logRetentionDays,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
      environment: {
        POWERTOOLS_SERVICE_NAME: service,
        POWERTOOLS_LOG_LEVEL: logLevel,
        ...options.environment,
      },
    });
    this.monitoring.watchFunction(fn);
    return fn;
  }

  protected addStateMachine(id: string, name: string, definition: Definition): StateMachine {
    const stateMachine = new StateMachine(this, id, {
      name: this.resourceName(name),
      definition,
      logRetentionDays: this.config.logRetentionDays,
    });
    this.monitoring.watchStateMachine(stateMachine);
    return stateMachine;
  }

  /** An API whose unknown routes are answered by a `route-fallback` of its own. */
  protected addApi(id: string, name: string, authorization: Config['apiAuthorization']): HttpApi {
    const { executeApiUrl, logRetentionDays, throttleBurst, throttleRate } = this.config;
    const api = new HttpApi(this, id, {
      name: this.resourceName(name),
      authorization,
      logRetentionDays,
      throttleRate,
      throttleBurst,
      ...(executeApiUrl === undefined ? {} : { urlTemplate: executeApiUrl }),
    });
    this.monitoring.watchApi(api);
    api.fallback(this.addFunction(`${id}Fallback`, 'route-fallback', { name: `${name}-fallback` }));
    return api;
  }

  /** Declares routes, each with the function that serves it. */
  protected addRoutes(api: HttpApi, routes: Readonly<Record<RouteKey, NodeFunction>>): void {
    for (const [routeKey, target] of Object.entries(routes)) {
      api.route(routeKey as RouteKey, target);
    }
  }

  protected addOutput(name: string, description: string, value: string): void {
    new TerraformOutput(this, name, { value, description });
  }
}

const alarmReceiver = ({ alarmEmail, alarmTopicArn }: Config): AlarmReceiver => {
  if (alarmTopicArn !== undefined) {
    return { topicArn: alarmTopicArn };
  }
  return alarmEmail === undefined ? {} : { email: alarmEmail };
};
