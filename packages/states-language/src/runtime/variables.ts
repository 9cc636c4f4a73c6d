import type { JsonValue } from '../values/json';

/**
 * Workflow variables of one scope. A branch of a Parallel or an iteration of a Map has a scope of its own: it reads the
 * variables of the scopes around it, and what it assigns is gone when it ends.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export class Variables {
  #own: Map<string, JsonValue> | undefined;

  readonly #outer: Variables | undefined;

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  get(name: string): JsonValue | undefined {
    return this.#own?.has(name) === true ? this.#own.get(name) : this.#outer?.get(name);
  }

  *names(): Iterable<string> {
    if (this.#outer !== undefined) {
      yield* this.#outer.names();
    }
    if (this.#own !== undefined) {
      yield* this.#own.keys();
    }
  }

  assign(values: Readonly<Record<string, JsonValue>>): void {
    this.#own ??= new Map();
    for (const [name, value] of Object.entries(values)) {
      this.#own.set(name, value);
    }
  }
}
