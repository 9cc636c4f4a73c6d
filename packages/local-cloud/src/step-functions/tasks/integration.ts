import type { IntegrationPattern, JsonValue, TaskRequest, TaskResource } from '@workflows/states-language';
import type { AwsService, FunctionInvoker, Principal } from '../../contracts';
import type { ServiceContext } from '../context';

/** What integrations work with. */
export interface TaskEnvironment {
  readonly context: ServiceContext;
  readonly functions: FunctionInvoker;
  /** The services of the runtime that integrations may call over their wire protocols. */
  readonly services: readonly AwsService[];
  readonly integrations: {
    find(resource: TaskResource): Integration | undefined;
    /** Says that nothing carries the resource out, what is supported, and what to do. */
    refusal(resourceArn: string): string;
  };
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

/** Actions of another service, as Task states call them. */
export interface Integration {
  /** As in `arn:aws:states:::<service>:<action>`. */
  readonly service: string;
  readonly actions: readonly string[] | 'all';
  readonly patterns: readonly IntegrationPattern[];
  /** The EventBridge rule that Step Functions creates, as the role of the state machine, to wait for a job. */
  readonly managedRule?: string;
  /**
   * Makes the request and resolves to the service's answer.
   *
   * @throws {TaskFailure}
   */
  request(task: TaskRequest, environment: TaskEnvironment): Promise<JsonValue>;
  /** For `.sync` patterns: the work that `accepted`, the answer to the request, speaks of. */
  pending?(task: TaskRequest, environment: TaskEnvironment, accepted: JsonValue): PendingWork;
}
