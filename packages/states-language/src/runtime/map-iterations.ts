import { StateFailure } from '../failures';
import type { MapState } from '../program/program';
import { Data } from '../values/data';
import type { JsonValue } from '../values/json';
import { type ActiveState, Branch, type MapItem } from './branch';
import { abortChildren } from './children';
import { selectItem } from './map-items';
import type { Runtime } from './runtime';
import type { StateScope } from './state-scope';
import { Mailbox, receive, type Steps } from './suspension';
import { Variables } from './variables';

/** What the iterations of one attempt at an inline Map state work on. */
export interface Iterations {
  readonly items: readonly MapItem[];
  readonly scope: StateScope;
  /** Whether the Map goes on after so many failures. */
  readonly tolerates: (failures: number) => boolean;
  readonly maxConcurrency: number;
  /** By index; on a redrive it holds what the failed attempt left. */
  readonly children: (Branch | undefined)[];
}

/** Runs the iterations, at most `maxConcurrency` at once, and gives the outputs in the order of the items. */
export function* runIterations(
  runtime: Runtime,
  branch: Branch,
  active: ActiveState,
  state: MapState,
  iterations: Iterations,
): Steps<JsonValue[]> {
  const run = new InlineMap(runtime, branch, active, state, iterations);
  return yield* run.steps();
}

class InlineMap {
  readonly #mailbox: Mailbox<Branch>;
  #next = 0;
  #running = 0;
  #failures = 0;

  readonly #runtime: Runtime;
  readonly #branch: Branch;
  readonly #active: ActiveState;
  readonly #state: MapState;
  readonly #iterations: Iterations;

  constructor(runtime: Runtime, branch: Branch, active: ActiveState, state: MapState, iterations: Iterations) {
    this.#runtime = runtime;
    this.#branch = branch;
    this.#active = active;
    this.#state = state;
    this.#iterations = iterations;
    this.#mailbox = new Mailbox<Branch>(branch);
  }

  *steps(): Steps<JsonValue[]> {
    const { items, maxConcurrency } = this.#iterations;
    const previous = this.#branch.lastEventId;
    while (this.#running < maxConcurrency && this.#next < items.length) {
      yield* this.#startNext(previous);
    }
    while (this.#running > 0) {
      const child = yield* receive(this.#mailbox);
      this.#running -= 1;
      const lastInnerEvent = child.lastEventId;
      this.#finish(child, lastInnerEvent);
      while (this.#running < maxConcurrency && this.#next < items.length) {
        yield* this.#startNext(lastInnerEvent);
      }
    }
    return this.#iterations.children.flatMap((child) =>
      child?.outcome?.status === 'SUCCEEDED' ? [child.outcome.output.value] : [],
    );
  }

  /** Starts the next item that has not succeeded already. */
  *#startNext(previousEventId: number): Steps<void> {
    const index = this.#next;
    this.#next += 1;
    const kept = this.#iterations.children[index];
    if (kept?.outcome?.status === 'SUCCEEDED') {
      return;
    }
    const child = kept ?? (yield* this.#newChild(index, previousEventId));
    this.#iterations.children[index] = child;
    this.#running += 1;
    this.#runtime.launch(child, () => this.#runtime.post(this.#mailbox, child));
  }

  *#newChild(index: number, previousEventId: number): Steps<Branch> {
    const { items, scope } = this.#iterations;
    const mapItem = items[index] as MapItem;
    const value = yield* selectItem(this.#state, mapItem, scope);
    const child = new Branch(this.#state.processor, new Data(value), new Variables(this.#branch.variables), {
      lastEventId: previousEventId,
      mapItem,
    });
    const details = { name: this.#state.name, index };
    this.#runtime.emit(child, 'MapIterationStarted', { mapIterationStartedEventDetails: details }, previousEventId);
    return child;
  }

  #finish(child: Branch, lastInnerEvent: number): void {
    const { outcome } = child;
    const details = { name: this.#state.name, index: child.place.mapItem?.index ?? 0 };
    if (outcome?.status === 'SUCCEEDED') {
      this.#branch.lastEventId = this.#runtime.emit(child, 'MapIterationSucceeded', {
        mapIterationSucceededEventDetails: details,
      });
      return;
    }
    this.#failures += 1;
    this.#runtime.emit(child, 'MapIterationFailed', { mapIterationFailedEventDetails: details });
    child.lastEventId = lastInnerEvent;
    if (!this.#iterations.tolerates(this.#failures)) {
      abortChildren(this.#runtime, this.#active, child);
      this.#branch.lastEventId = child.lastEventId;
      throw outcome?.failure ?? new StateFailure(undefined, undefined);
    }
  }
}
