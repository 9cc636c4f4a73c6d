import type { AutoAdvancingClock } from '@workflows/local-cloud';
import {
  type AsynchronousConfiguration,
  AwsError,
  CodeStore,
  type FunctionConfiguration,
  type FunctionService,
  functionNameOf,
  type InvokeResult,
  type Permission,
  type Principal,
  permits,
  type RoleCredentials,
  type ServiceCaller,
} from '@workflows/local-cloud/services';
import { Random } from '../random';
import type { FaultPlan } from '../schedule/faults';
import { Bundle } from './bundle';
import { type EnvironmentOptions, FunctionEnvironment } from './environment';
import { Invocation } from './invocation';
import type { Timeline } from './timeline';

interface HostedBundle {
  readonly configuration: FunctionConfiguration;
  readonly bundle: Bundle;
  readonly credentials: RoleCredentials;
  readonly permissions: Permission[];
  readonly environments: Set<FunctionEnvironment>;
  maximumRetryAttempts: number;
  invocations: number;
}

export interface SimulatedFunctionsOptions {
  readonly region: string;
  readonly clock: AutoAdvancingClock;
  readonly timeline: Timeline;
  /** Code to run in place of what is deployed, by the function's name in the contract. */
  readonly replacedCode: ReadonlyMap<string, string>;
  readonly authorize: (principal: Principal | undefined, functionArn: string) => void;
  readonly credentialsFor: (roleArn: string, functionName: string) => RoleCredentials;
  readonly functionArn: (name: string) => string;
  readonly send: EnvironmentOptions['send'];
  readonly fetch: EnvironmentOptions['fetch'];
  readonly log: (functionName: string, text: string) => void;
  readonly uniqueId: (random: Random) => string;
  /** An event that was given up after its last retry. */
  readonly onEventLost: (functionName: string, payload: string) => void;
}

/** Lambda waits a minute before the first retry of a failed asynchronous invocation, and two before the second. */
const RETRY_DELAYS_MS = [60_000, 120_000];

/** Runs the deployed functions in this process, in virtual time, with faults. */
export class SimulatedFunctions implements FunctionService {
  readonly codeStore = new CodeStore();
  readonly #functions = new Map<string, HostedBundle>();
  #faults: FaultPlan | undefined;
  #seed = 0;

  readonly #options: SimulatedFunctionsOptions;

  constructor(options: SimulatedFunctionsOptions) {
    this.#options = options;
  }

  /** A schedule begins without the processes that a fault has touched, so it does not depend on earlier ones. */
  begin(seed: number, faults: FaultPlan): void {
    this.#seed = seed;
    this.#faults = faults;
    for (const hosted of this.#functions.values()) {
      hosted.invocations = 0;
      for (const environment of hosted.environments) {
        if (!environment.isPristine) {
          hosted.environments.delete(environment);
        }
      }
    }
  }

  /** All function processes die at once. */
  restart(): void {
    for (const { environments } of this.#functions.values()) {
      for (const environment of environments) {
        environment.kill();
      }
      environments.clear();
    }
  }

  arn(name: string): string {
    return this.#options.functionArn(name);
  }

  get(nameOrArn: string): HostedBundle {
    const name = functionNameOf(nameOrArn);
    const hosted = this.#functions.get(name);
    if (hosted === undefined) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
    }
    return hosted;
  }

  create(configuration: FunctionConfiguration, { taskRoot }: { readonly taskRoot: string }): HostedBundle {
    const { name, roleArn } = configuration;
    const hosted: HostedBundle = {
      configuration,
      bundle: new Bundle(taskRoot, this.#options.replacedCode.get(logicalName(configuration))),
      credentials: this.#options.credentialsFor(roleArn, name),
      permissions: [],
      environments: new Set(),
      maximumRetryAttempts: 2,
      invocations: 0,
    };
    this.#functions.set(name, hosted);
    return hosted;
  }

  addPermission(nameOrArn: string, permission: Permission): void {
    this.get(nameOrArn).permissions.push(permission);
  }

  configureAsynchronous(nameOrArn: string, { maximumRetryAttempts }: AsynchronousConfiguration): void {
    this.get(nameOrArn).maximumRetryAttempts = maximumRetryAttempts;
  }

  async invoke(
    functionName: string,
    payload: string,
    { principal }: { readonly invocationType: string; readonly principal: Principal | undefined },
  ): Promise<InvokeResult> {
    const hosted = this.get(functionName);
    this.#options.authorize(principal, hosted.configuration.arn);
    return await this.#invoke(hosted, payload);
  }

  async invokeFor(
    caller: ServiceCaller,
    functionName: string,
    payload: string,
    invocationType: string,
  ): Promise<InvokeResult> {
    const hosted = this.get(functionName);
    if (!permits(hosted.permissions, caller)) {
      throw new AwsError('AccessDeniedException', `${caller.service} may not invoke ${hosted.configuration.name}`, 403);
    }
    if (invocationType === 'RequestResponse') {
      return await this.#invoke(hosted, payload).catch(toServiceError);
    }
    this.#deliver(hosted, payload);
    return { payload: '' };
  }

  async close(): Promise<void> {
    this.codeStore.close();
  }

  /** Events come late, twice, and again when the function fails. */
  #deliver(hosted: HostedBundle, payload: string): void {
    const { clock, timeline } = this.#options;
    const fault = this.#faults?.next('event');
    if (fault?.kind === 'drop') {
      this.#options.onEventLost(logicalName(hosted.configuration), payload);
    }
    const afterMs = fault?.kind === 'drop' ? [] : [fault?.kind === 'delay' ? fault.ms : 200];
    if (fault?.kind === 'duplicate') {
      afterMs.push(200 + fault.ms);
    }
    if (fault !== undefined) {
      this.#faults?.count(`event ${fault.kind}`);
      timeline.add(clock.now(), 'fault', `event to ${hosted.configuration.name}: ${fault.kind} ${fault.ms} ms`);
    }
    for (const ms of afterMs) {
      clock.schedule(clock.now() + ms, () => void this.#runEvent(hosted, payload, 0));
    }
  }

  async #runEvent(hosted: HostedBundle, payload: string, attempt: number): Promise<void> {
    const { clock, onEventLost } = this.#options;
    const result = await this.#invoke(hosted, payload).catch(() => ({ functionError: 'Unhandled' }));
    if (result.functionError === undefined) {
      return;
    }
    const delayMs = RETRY_DELAYS_MS[attempt];
    if (attempt >= hosted.maximumRetryAttempts || delayMs === undefined) {
      onEventLost(logicalName(hosted.configuration), payload);
      return;
    }
    clock.schedule(clock.now() + delayMs, () => void this.#runEvent(hosted, payload, attempt + 1));
  }

  async #invoke(hosted: HostedBundle, payload: string): Promise<InvokeResult> {
    const { clock, timeline } = this.#options;
    const name = logicalName(hosted.configuration);
    const fault = this.#faults?.next(`invoke:${name}`);
    if (fault !== undefined) {
      this.#faults?.count(fault.kind);
      timeline.add(clock.now(), 'fault', `${fault.kind} of ${name}`);
    }
    if (fault?.kind === 'invoke-throttle') {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    if (fault?.kind === 'invoke-fail') {
      throw new AwsError('ServiceException', 'Internal server error', 500);
    }
    const ordinal = ++hosted.invocations;
    const random = new Random(this.#seed, `${name} ${ordinal}`);
    await clock.sleep(fault?.kind === 'invoke-slow' ? fault.ms : random.delayMs(5, 300));
    const invocation = new Invocation(
      name,
      payload,
      this.#options.uniqueId(random),
      random,
      clock,
      hosted.configuration.timeoutSeconds,
    );
    const environment = this.#environment(hosted);
    timeline.add(clock.now(), name, 'starts');
    await environment.run(invocation);
    if (!environment.isAlive) {
      hosted.environments.delete(environment);
    }
    const ending = await invocation.ended;
    timeline.add(
      clock.now(),
      name,
      ending.kind === 'returned'
        ? `returns ${shown(ending.payload)}`
        : `fails with ${ending.errorType}: ${ending.errorMessage}`,
    );
    if (fault?.kind === 'invoke-lose-answer') {
      throw new Error('socket hang up');
    }
    return ending.kind === 'returned'
      ? { payload: ending.payload }
      : {
          payload: JSON.stringify({ errorType: ending.errorType, errorMessage: ending.errorMessage, trace: [] }),
          functionError: 'Unhandled',
        };
  }

  #environment(hosted: HostedBundle): FunctionEnvironment {
    for (const environment of hosted.environments) {
      if (!environment.isBusy && environment.isAlive) {
        return environment;
      }
    }
    const { clock, fetch, log, region, send, uniqueId } = this.#options;
    const { configuration, credentials } = hosted;
    const name = logicalName(configuration);
    const environment = new FunctionEnvironment({
      bundle: hosted.bundle,
      clock,
      uniqueId,
      send,
      fetch,
      initialRandom: () => new Random(this.#seed, name),
      log: (text) => log(name, text),
      variables: {
        ...configuration.variables,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        AWS_LAMBDA_FUNCTION_NAME: configuration.name,
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      },
    });
    hosted.environments.add(environment);
    return environment;
  }
}

/** The error that a service returns to its callers when its request to Lambda failed. */
function toServiceError(error: unknown): never {
  throw error instanceof AwsError ? error : new AwsError('ServiceException', 'The request to Lambda broke off', 500);
}

/** A function's name in the contract, such as `call-external`, without the prefix that the stacks add. */
function logicalName({ name, variables }: FunctionConfiguration): string {
  return variables.POWERTOOLS_SERVICE_NAME ?? name;
}

function shown(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
