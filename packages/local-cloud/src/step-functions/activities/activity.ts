import type { EncryptionConfiguration } from '../model';

/** A task that waits for a worker. */
export interface ActivityTask {
  readonly taskToken: string;
  /** JSON text. */
  readonly input: string;
  /** A worker has the task. */
  started(workerName: string | undefined): void;
}

/** A worker that asks for a task. */
export interface Poll {
  readonly workerName: string | undefined;
  /** Real milliseconds after which the answer is empty. */
  readonly timeoutMs: number;
  /** Calls back when the worker has hung up, who then gets no task. Returns what withdraws the callback. */
  readonly onDisconnect?: ((listener: () => void) => () => void) | undefined;
}

/** An activity: tasks that wait for workers, or workers that wait for tasks; each in the order of their coming. */
export class Activity {
  /** Epoch milliseconds. */
  readonly createdMs: number;
  readonly tags = new Map<string, string>();
  readonly #tasks = new Map<string, ActivityTask>();
  readonly #workers = new Set<(task: ActivityTask | undefined) => void>();

  constructor(
    readonly arn: string,
    readonly name: string,
    createdMs: number,
    readonly encryptionConfiguration: EncryptionConfiguration,
  ) {
    this.createdMs = createdMs;
  }

  get openPolls(): number {
    return this.#workers.size;
  }

  /** A task of the same token, which an execution had before it was rebuilt, gives up its place to the new one. */
  schedule(task: ActivityTask): void {
    this.#tasks.set(task.taskToken, task);
    const [worker] = this.#workers;
    worker?.(this.#next());
  }

  withdraw(taskToken: string): void {
    this.#tasks.delete(taskToken);
  }

  /** Resolves to the task that has waited longest, or to `undefined` when none came in time. */
  poll({ onDisconnect, timeoutMs, workerName }: Poll): Promise<ActivityTask | undefined> {
    return new Promise((resolve) => {
      const end = (task: ActivityTask | undefined): void => {
        this.#workers.delete(end);
        clearTimeout(timer);
        forget?.();
        task?.started(workerName);
        resolve(task);
      };
      // Real time on purpose: a poll that waited in virtual time would itself be a reason for time to pass.
      const timer = setTimeout(end, timeoutMs, undefined).unref();
      const forget = onDisconnect?.(() => end(undefined));
      this.#workers.add(end);
      if (this.#tasks.size > 0) {
        end(this.#next());
      }
    });
  }

  /** Answers every open poll: with nothing. */
  close(): void {
    for (const worker of this.#workers) {
      worker(undefined);
    }
  }

  #next(): ActivityTask | undefined {
    const [task] = this.#tasks.values();
    if (task !== undefined) {
      this.#tasks.delete(task.taskToken);
    }
    return task;
  }
}
