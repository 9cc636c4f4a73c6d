import type { LiveEvents } from '../../wire/types';

type Send = <Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]) => void;

export interface Subscriber {
  readonly send: Send;
  /** ARN of the execution that this window shows, if it shows one. */
  readonly follows?: string;
}

/** All open windows. */
export class Hub {
  readonly #subscribers = new Set<Subscriber>();
  readonly #listeners = new Set<() => void>();

  add(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    for (const listener of this.#listeners) {
      listener();
    }
    return () => this.#subscribers.delete(subscriber);
  }

  get size(): number {
    return this.#subscribers.size;
  }

  /** Executions that some window shows. */
  followed(): Set<string> {
    return new Set([...this.#subscribers].flatMap((it) => it.follows ?? []));
  }

  broadcast: Send = (name, data) => {
    for (const subscriber of this.#subscribers) {
      subscriber.send(name, data);
    }
  };

  /** Tells the windows that show this execution. */
  tellFollowers(arn: string, events: number): void {
    for (const subscriber of this.#subscribers) {
      if (subscriber.follows === arn) {
        subscriber.send('execution', { events });
      }
    }
  }

  /** Calls `listener` whenever a window opens: the time to look at what was not watched. */
  onArrival(listener: () => void): void {
    this.#listeners.add(listener);
  }
}
