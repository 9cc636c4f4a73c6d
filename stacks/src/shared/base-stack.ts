import {
  type AlarmReceiver,
  type Definition,
  HttpApi,
  Monitoring,
  NodeFunction,
  type NodeFunctionProps,
  StateMachine,
} from '@workflows/constructs';
import { type FunctionEnvironment, type FunctionName, OUTPUTS, type OutputKey, ROUTES } from '@workflows/contract';
import { deploymentOf } from '@workflows/handlers/deployment';
import { Aspects, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Config } from '../config/config';
import { DEVELOPMENT } from './constants';
import { deploymentName } from './deployment-name';
import { OfflinePlan } from './offline-plan';
import { addBackend, addProvider } from './provider';

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

  /** One of the functions of `@workflows/handlers`, with exactly the environment that it reads. */
  protected addFunction<Name extends FunctionName>(
    id: string,
    name: Name,
    environment: FunctionEnvironment<Name>,
  ): NodeFunction {
    return this.createFunction(id, { name: this.resourceName(name), ...deploymentOf(name, environment) });
  }

  /** A function with the configuration's logging, retention and concurrency, and alarms. */
  protected createFunction(id: string, props: NodeFunctionProps): NodeFunction {
    const { logLevel, logRetentionDays, reservedConcurrency } = this.config;
    const fn = new NodeFunction(this, id, {
      ...props,
      logRetentionDays,
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
      environment: { ...props.environment, POWERTOOLS_LOG_LEVEL: logLevel },
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

  /** Creates an API with its own `route-fallback` function for unknown routes. */
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
    // The construct sets the routes as they are declared.
    const fallback = deploymentOf('route-fallback', { API_ROUTES: '[]' });
    api.fallback(this.createFunction(`${id}Fallback`, { name: this.resourceName(`${name}-fallback`), ...fallback }));
    return api;
  }

  /** Declares the route of each function, as the contract has it. */
  protected addRoutes(api: HttpApi, functions: Partial<Readonly<Record<keyof typeof ROUTES, NodeFunction>>>): void {
    for (const [name, target] of Object.entries(functions)) {
      api.route(ROUTES[name as keyof typeof ROUTES], target);
    }
  }

  protected addOutput(key: OutputKey, value: string): void {
    const { name, description } = OUTPUTS[key];
    new TerraformOutput(this, name, { value, description });
  }
}

const alarmReceiver = ({ alarmEmail, alarmTopicArn }: Config): AlarmReceiver => {
  if (alarmTopicArn !== undefined) {
    return { topicArn: alarmTopicArn };
  }
  return alarmEmail === undefined ? {} : { email: alarmEmail };
};
