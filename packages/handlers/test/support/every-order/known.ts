/**
 * What is found out once, by something that takes its time. `get` either returns what it came to or throws the promise
 * to wait for, so that a search can be written, and run, without waiting for what is known already.
 */
export class Known<T> {
  readonly #values = new Map<string, T>();

  get(key: string, find: () => Promise<T>): T {
    const value = this.#values.get(key);
    if (value !== undefined) {
      return value;
    }
    throw find().then((found) => {
      this.#values.set(key, found);
    });
  }
}

/** Computes again after each wait for something that was not known yet. */
export async function whenKnown<T>(compute: () => T): Promise<T> {
  for (;;) {
    try {
      return compute();
    } catch (thrown) {
      if (!(thrown instanceof Promise)) {
        throw thrown;
      }
      await thrown;
    }
  }
}
