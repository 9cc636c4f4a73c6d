import type { RunningTask, TaskListener, TaskRequest, TaskRunner } from '@workflows/states-language';
import type { PendingWork, TaskSurroundings } from './integration';
import { integrationFor, SUPPORTED_INTEGRATIONS } from './integrations';
import { TaskFailure } from './task-failure';

/** Carries out the Task states of executions that act as one role. */
export function createTaskRunner(surroundings: TaskSurroundings): TaskRunner {
  return {
    run: (request, listener) => new Task(request, listener, surroundings),
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
      if (integration === undefined) {
        throw new TaskFailure(
          'States.Runtime',
          `The resource ${request.resource.arn} is not supported by this runtime. Supported: ${SUPPORTED_INTEGRATIONS.description}.`,
        );
      }
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
