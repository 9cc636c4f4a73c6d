import type { RunningTask, TaskListener, TaskRequest } from '@workflows/states-language';
import type { ServiceContext } from '../context';

/**
 * Puts a task into the queue of its activity, as nobody in particular: a state machine needs no permission for it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html
 */
export class QueuedActivityTask implements RunningTask {
  #cancelled = false;
  readonly #context: ServiceContext;
  readonly #taskToken: string;

  constructor(request: TaskRequest, listener: TaskListener, context: ServiceContext) {
    this.#context = context;
    this.#taskToken = request.taskToken ?? '';
    // Not before the interpreter has taken the task into its books.
    void context.clock.track(
      Promise.resolve().then(() => {
        if (!this.#cancelled) {
          this.#schedule(request, listener);
        }
      }),
    );
  }

  cancel(): void {
    this.#cancelled = true;
    this.#context.activities.taskClosed(this.#taskToken);
  }

  #schedule(request: TaskRequest, listener: TaskListener): void {
    const { activities } = this.#context;
    const activity = activities.find(request.resource.arn);
    if (activity === undefined) {
      listener.startFailed('States.Runtime', `The activity ${request.resource.arn} does not exist.`);
      return;
    }
    listener.scheduled();
    activities.schedule(activity, {
      taskToken: this.#taskToken,
      input: request.argumentsText,
      started: (workerName) => listener.started(workerName),
    });
  }
}
