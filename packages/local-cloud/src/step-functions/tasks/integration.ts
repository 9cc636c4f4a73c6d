import type { IntegrationPattern, JsonValue, TaskRequest } from '@workflows/states-language';
import type { AwsService, FunctionInvoker, Principal } from '../../contracts';
import type { ServiceContext } from '../context';

/** What integrations work with. */
export interface TaskEnvironment {
  readonly context: ServiceContext;
  readonly functions: FunctionInvoker;
  readonly dynamoDb: AwsService | undefined;
  /** The role that the task acts as. */
  readonly principal: Principal;
}

/** Work that goes on after a `.sync` request was accepted. */
export interface PendingWork {
  /** Resolves to the task's output. @throws {TaskFailure} */
  readonly ended: Promise<JsonValue>;
  /** Ends the work, as far as the role may. */
  stop(): void;
}

/** One API action of another service, as a Task state calls it. */
export interface Integration {
  readonly patterns: readonly IntegrationPattern[];
  /**
   * Makes the request and resolves to the service's answer.
   *
   * @throws {TaskFailure}
   */
  request(task: TaskRequest, environment: TaskEnvironment): Promise<JsonValue>;
  /** For `.sync` patterns: the work that `accepted`, the answer to the request, speaks of. */
  pending?(task: TaskRequest, environment: TaskEnvironment, accepted: JsonValue): PendingWork;
}
