import {
  isActivity,
  type JsonValue,
  type RunningTask,
  type TaskListener,
  type TaskRequest,
  type TaskRunner,
} from '@workflows/states-language';
import { QueuedActivityTask } from './activity-task';
import type { Integration, PendingWork, TaskEnvironment } from './integration';
import { TaskFailure } from './task-failure';

/** Carries out the Task states of executions that act as one role. */
export function createTaskRunner(environment: TaskEnvironment): TaskRunner {
  return {
    run: (request, listener) =>
      isActivity(request.resource)
        ? new QueuedActivityTask(request, listener, environment.context)
        : new Task(request, listener, environment),
    resume: (request, submitted, listener) => new Task(request, listener, environment, submitted),
  };
}

class Task implements RunningTask {
  #cancelled = false;
  #pending: PendingWork | undefined;
  readonly #environment: TaskEnvironment;

  readonly #request: TaskRequest;
  readonly #listener: TaskListener;
  /** What the service answered, when the request was made before a restart. */
  readonly #accepted: JsonValue | undefined;

  constructor(request: TaskRequest, listener: TaskListener, environment: TaskEnvironment, accepted?: JsonValue) {
    this.#request = request;
    this.#listener = listener;
    this.#accepted = accepted;

    const roleArn = request.credentialsRoleArn;
    this.#environment = roleArn === undefined ? environment : { ...environment, principal: { roleArn } };
    // Not before the interpreter has taken the task into its books.
    void environment.context.clock.track(Promise.resolve().then(() => this.#run()));
  }

  cancel(): void {
    this.#cancelled = true;
    this.#pending?.stop();
  }

  async #run(): Promise<void> {
    if (this.#cancelled) {
      return;
    }
    const accepted = this.#accepted;
    const listener = this.#listener;
    try {
      const integration = this.#supported();
      if (accepted === undefined) {
        await this.#submit(integration);
      } else {
        this.#await(integration, accepted);
      }
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

  async #submit(integration: Integration): Promise<void> {
    const listener = this.#listener;
    const request = this.#request;
    listener.started();
    const answer = await integration.request(request, this.#environment);
    if (request.resource.pattern === 'REQUEST_RESPONSE') {
      listener.succeeded(answer);
      return;
    }
    this.#await(integration, answer);
    listener.submitted(answer);
  }

  #await(integration: Integration, accepted: JsonValue): void {
    this.#pending = integration.pending?.(this.#request, this.#environment, accepted);
    if (this.#cancelled) {
      this.#pending?.stop();
    }
  }

  #supported(): Integration {
    const { integrations } = this.#environment;
    const { resource } = this.#request;
    const integration = integrations.find(resource);
    if (integration === undefined) {
      throw new TaskFailure('States.Runtime', integrations.refusal(resource.arn));
    }
    return integration;
  }

  #fail(error: unknown): void {
    const failure = error instanceof TaskFailure ? error : runtimeFault(error);
    if (this.#request.resource.pattern === 'REQUEST_RESPONSE' || failure.afterSubmission) {
      this.#listener.failed(failure.error, failure.cause);
    } else {
      this.#listener.submitFailed(failure.error, failure.cause);
    }
  }
}

function runtimeFault(error: unknown): TaskFailure {
  return new TaskFailure('States.Runtime', error instanceof Error ? error.message : String(error));
}
