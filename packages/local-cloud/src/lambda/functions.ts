import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { arnOf } from '../account';
import { type Authorizer, AwsError, type InvokeOptions, type RuntimeClock, type ServiceCaller } from '../contracts';
import type { RoleCredentials } from '../iam';
import { AsynchronousInvocations } from './asynchronous-invocations';
import { type Code, CodeStore } from './code';
import { EnvironmentBudget } from './environment-budget';
import { EnvironmentPool } from './environment-pool';
import { type AsynchronousConfiguration, type FunctionConfiguration, LIMITS } from './function-configuration';
import { functionEnvironment } from './function-environment';
import { functionNameOf } from './function-name';
import type { FunctionService } from './function-service';
import { HostedFunction, type InvocationReport, type InvocationResult } from './hosted-function';
import { LogSink } from './log-sink';
import { type Permission, permits } from './permissions';
import { StartLimiter } from './start-limiter';
import { ThreadMeter } from './thread-meter';

export interface FunctionsOptions {
  readonly region: string;
  readonly clock: RuntimeClock;
  readonly authorizer: Authorizer;
  /** Gives a function the credentials that it signs with. */
  readonly credentialsFor: (roleArn: string, functionName: string) => RoleCredentials;
  /** The AWS endpoint that functions are given as `AWS_ENDPOINT_URL`; asked when an environment starts. */
  readonly endpoint: () => string | undefined;
  readonly logs?: LogSink;
  readonly onInvoked?: (report: InvocationReport) => void;
  /** Threads of all functions together; each may have two in any case. Further invocations wait for one. @default 64 */
  readonly maxEnvironments?: number;
  /** How long an unused environment is kept. @default 300000 */
  readonly idleMs?: number;
}

const DEFAULT_MAX_ENVIRONMENTS = 64;
const DEFAULT_IDLE_MS = 300_000;

/** The function host: every function of the runtime, and the way to invoke them. */
export class Functions implements FunctionService {
  readonly codeStore = new CodeStore();
  readonly #functions = new Map<string, HostedFunction>();
  readonly #permissions = new Map<string, Map<string, Permission>>();
  readonly #starts = new StartLimiter(Math.max(2, availableParallelism()));
  readonly #budget: EnvironmentBudget;
  readonly #threads = new ThreadMeter(performance, availableParallelism(), () => performance.now());
  readonly #asynchronous: AsynchronousInvocations;
  readonly #logs: LogSink;

  readonly #options: FunctionsOptions;

  constructor(options: FunctionsOptions) {
    this.#options = options;
    this.#budget = new EnvironmentBudget(options.maxEnvironments ?? DEFAULT_MAX_ENVIRONMENTS);
    this.#logs = options.logs ?? new LogSink(undefined);
    this.#asynchronous = new AsynchronousInvocations(options.clock, (name) => this.#functions.get(name));
  }

  get region(): string {
    return this.#options.region;
  }

  arn(name: string): string {
    return arnOf('lambda', this.#options.region, `function:${name}`);
  }

  list(): HostedFunction[] {
    return [...this.#functions.values()].sort((a, b) => (a.configuration.name < b.configuration.name ? -1 : 1));
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  get(nameOrArn: string): HostedFunction {
    const name = functionNameOf(nameOrArn);
    const hosted = this.#functions.get(name);
    if (hosted === undefined) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${this.arn(name)}`, 404);
    }
    return hosted;
  }

  /** @throws {AwsError} `ResourceConflictException` when there is one of that name. */
  create(configuration: FunctionConfiguration, code: Code): HostedFunction {
    if (this.#functions.has(configuration.name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${configuration.name}`, 409);
    }
    return this.#host(configuration, code);
  }

  /** Replaces a function; invocations under way are cut off. */
  async update(configuration: FunctionConfiguration, code: Code): Promise<HostedFunction> {
    const previous = this.get(configuration.name);
    const hosted = this.#host(configuration, code);
    await previous.close();
    return hosted;
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  async delete(nameOrArn: string): Promise<void> {
    const hosted = this.get(nameOrArn);
    this.#functions.delete(hosted.configuration.name);
    this.#permissions.delete(hosted.configuration.name);
    await hosted.close();
  }

  /** @throws {AwsError} `ResourceNotFoundException` */
  configureAsynchronous(nameOrArn: string, configuration: AsynchronousConfiguration): void {
    this.#asynchronous.configure(this.get(nameOrArn).configuration.name, configuration);
  }

  /** @throws {AwsError} `ResourceConflictException` for a statement id in use, `ResourceNotFoundException`. */
  addPermission(nameOrArn: string, permission: Permission): void {
    const { name } = this.get(nameOrArn).configuration;
    const permissions = this.#permissions.get(name) ?? new Map<string, Permission>();
    if (permissions.has(permission.statementId)) {
      throw new AwsError(
        'ResourceConflictException',
        `The statement id (${permission.statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        409,
      );
    }
    this.#permissions.set(name, permissions.set(permission.statementId, permission));
  }

  permissions(nameOrArn: string): Permission[] {
    return [...(this.#permissions.get(this.get(nameOrArn).configuration.name)?.values() ?? [])];
  }

  async invoke(functionName: string, payload: string, options: InvokeOptions): Promise<InvocationResult> {
    const name = functionNameOf(functionName);
    this.#options.authorizer.authorize(options.principal, 'lambda:InvokeFunction', this.arn(name));
    return await this.#invoke(name, payload, options.invocationType, options.clientContext);
  }

  async invokeFor(
    caller: ServiceCaller,
    functionName: string,
    payload: string,
    invocationType: 'RequestResponse' | 'Event',
  ): Promise<InvocationResult> {
    const name = functionNameOf(functionName);
    if (!this.#options.authorizer.openToServices && !permits(this.permissions(name), caller)) {
      throw new AwsError(
        'AccessDeniedException',
        `${caller.service} may not invoke ${name}: no permission allows source ${caller.sourceArn}`,
        403,
      );
    }
    return await this.#invoke(name, payload, invocationType);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#functions.values()].map((hosted) => hosted.close()));
    await this.#asynchronous.close();
    this.#functions.clear();
    this.codeStore.close();
  }

  async #invoke(
    name: string,
    payload: string,
    invocationType: 'RequestResponse' | 'Event',
    clientContext?: string,
  ): Promise<InvocationResult> {
    const hosted = this.get(name);
    const limit = invocationType === 'Event' ? LIMITS.asynchronousPayloadBytes : LIMITS.synchronousPayloadBytes;
    if (Buffer.byteLength(payload) > limit) {
      throw new AwsError(
        'RequestTooLargeException',
        `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
        413,
      );
    }
    if (invocationType === 'RequestResponse') {
      return await this.#options.clock.track(hosted.invoke(payload, randomUUID(), clientContext));
    }
    const requestId = randomUUID();
    this.#asynchronous.accept(name, payload, requestId);
    return { payload: '', requestId, logTail: '' };
  }

  #host(configuration: FunctionConfiguration, code: Code): HostedFunction {
    const { endpoint, idleMs, onInvoked } = this.#options;
    const credentials = this.#options.credentialsFor(configuration.roleArn, configuration.name);
    const pool = new EnvironmentPool({
      taskRoot: code.taskRoot,
      handler: configuration.handler,
      memorySizeMb: configuration.memorySizeMb,
      variables: () => functionEnvironment(configuration, code.taskRoot, credentials, endpoint()),
      budget: this.#budget,
      idleMs: idleMs ?? DEFAULT_IDLE_MS,
      starts: this.#starts,
      threads: this.#threads,
    });
    const hosted = new HostedFunction(
      configuration,
      code,
      new Date(this.#options.clock.now()).toISOString().replace('Z', '+0000'),
      pool,
      (text) => this.#logs.write(configuration.name, text),
      onInvoked ?? (() => undefined),
    );
    this.#functions.set(configuration.name, hosted);
    return hosted;
  }
}
