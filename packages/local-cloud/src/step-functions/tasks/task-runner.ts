import type { RunningTask, TaskListener, TaskRequest, TaskResource, TaskRunner } from '@workflows/states-language';
import { awsSdkStepFunctions } from './aws-sdk-sfn';
import { awsSdkDynamoDb, optimizedDynamoDb } from './dynamodb';
import type { Integration, PendingWork, TaskSurroundings } from './integration';
import { callFunction, invokeFunction } from './lambda';
import { startNestedExecution } from './nested-execution';
import { TaskFailure } from './task-failure';

/** Integrations of one action each, as `<service>:<action>`. */
const BY_ACTION: Readonly<Record<string, Integration>> = {
  'lambda:function': callFunction,
  'lambda:invoke': invokeFunction,
  'states:startExecution': startNestedExecution,
  'dynamodb:getItem': optimizedDynamoDb,
  'dynamodb:putItem': optimizedDynamoDb,
  'dynamodb:updateItem': optimizedDynamoDb,
  'dynamodb:deleteItem': optimizedDynamoDb,
};

/** Integrations of every action of a service. */
const BY_SERVICE: Readonly<Record<string, Integration>> = {
  'aws-sdk:dynamodb': awsSdkDynamoDb,
  'aws-sdk:sfn': awsSdkStepFunctions,
};

function integrationFor({ arn, service, action, pattern }: TaskResource): Integration {
  const integration = BY_ACTION[`${service}:${action}`] ?? BY_SERVICE[service];
  if (integration?.patterns.includes(pattern) === true) {
    return integration;
  }
  throw new TaskFailure(
    'States.Runtime',
    `The resource ${arn} is not supported. Supported: ${Object.keys(BY_ACTION).join(', ')}, and the actions of ` +
      `${Object.keys(BY_SERVICE).join(', ')}.`,
  );
}

/** Carries out the Task states of executions that act as one role. */
export function createTaskRunner(surroundings: TaskSurroundings): TaskRunner {
  return {
    run(request, listener) {
      const task = new Task(request, listener, surroundings);
      return task;
    },
  };
}

class Task implements RunningTask {
  #cancelled = false;
  #pending: PendingWork | undefined;
  readonly #surroundings: TaskSurroundings;

  constructor(
    private readonly request: TaskRequest,
    private readonly listener: TaskListener,
    surroundings: TaskSurroundings,
  ) {
    const roleArn = request.credentialsRoleArn;
    this.#surroundings = roleArn === undefined ? surroundings : { ...surroundings, principal: { roleArn } };
    // Not before the interpreter has taken the task into its books.
    void surroundings.context.clock.track(Promise.resolve().then(() => this.#run()));
  }

  cancel(): void {
    this.#cancelled = true;
    this.#pending?.stop();
  }

  async #run(): Promise<void> {
    if (this.#cancelled) {
      return;
    }
    const { listener, request } = this;
    const { pattern } = request.resource;
    listener.started();
    try {
      const integration = integrationFor(request.resource);
      const answer = await integration.request(request, this.#surroundings);
      if (pattern === 'REQUEST_RESPONSE') {
        listener.succeeded(answer);
        return;
      }
      this.#pending = integration.pending?.(request, this.#surroundings, answer);
      if (this.#cancelled) {
        this.#pending?.stop();
      }
      listener.submitted(answer);
    } catch (error) {
      this.#fail(error);
      return;
    }
    // Awaited elsewhere: work that takes its time must not hold up virtual time.
    this.#pending?.ended.then(
      (output) => listener.succeeded(output),
      (error) => this.#fail(error),
    );
  }

  #fail(error: unknown): void {
    const failure = error instanceof TaskFailure ? error : runtimeFault(error);
    if (this.request.resource.pattern === 'REQUEST_RESPONSE' || failure.afterSubmission) {
      this.listener.failed(failure.error, failure.cause);
    } else {
      this.listener.submitFailed(failure.error, failure.cause);
    }
  }
}

function runtimeFault(error: unknown): TaskFailure {
  return new TaskFailure('States.Runtime', error instanceof Error ? error.message : String(error));
}
