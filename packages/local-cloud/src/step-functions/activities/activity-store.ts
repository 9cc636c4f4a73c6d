import type { Activity, ActivityTask } from './activity';

/** The activities of the service. */
export class ActivityStore {
  readonly #byArn = new Map<string, Activity>();
  /** The activities of the tasks that have no answer yet. */
  readonly #byTaskToken = new Map<string, Activity>();

  add(activity: Activity): void {
    this.#byArn.set(activity.arn, activity);
  }

  find(arn: string): Activity | undefined {
    return this.#byArn.get(arn);
  }

  /** In the order of creation. */
  all(): Activity[] {
    return [...this.#byArn.values()];
  }

  /** Its tasks wait on until they time out, and no worker gets them. */
  remove(arn: string): void {
    this.#byArn.delete(arn);
  }

  schedule(activity: Activity, task: ActivityTask): void {
    this.#byTaskToken.set(task.taskToken, activity);
    activity.schedule(task);
  }

  /** The activity that the task of this token is of. */
  ofTask(taskToken: string): Activity | undefined {
    return this.#byTaskToken.get(taskToken);
  }

  /** The task was answered, has timed out or was aborted: no worker shall get it. */
  taskClosed(taskToken: string): void {
    this.ofTask(taskToken)?.withdraw(taskToken);
    this.#byTaskToken.delete(taskToken);
  }

  close(): void {
    for (const activity of this.all()) {
      activity.close();
    }
  }
}
