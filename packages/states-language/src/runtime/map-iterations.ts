import { ErrorName, StateFailure } from '../failures';
import type { JsonValue } from '../host';
import type { MapState } from '../program/program';
import { Data } from '../values/data';
import { type ActiveState, Branch } from './branch';
import { abortChildren } from './children';
import type { Runtime } from './runtime';
import type { StateScope } from './state-scope';
import { Mailbox, receive, type Steps, settled } from './suspension';
import { Variables } from './variables';

/** What the iterations of one attempt at a Map state work on. */
export interface Iterations {
  readonly items: readonly JsonValue[];
  readonly scope: StateScope;
  readonly toleratedFailures: number;
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
  const run = new MapRun(runtime, branch, active, state, iterations);
  return yield* run.steps();
}

class MapRun {
  readonly #mailbox: Mailbox<Branch>;
  readonly #previousMapRunEvent: number;
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
    this.#previousMapRunEvent = state.distributed ? this.#emitMapRunStarted() : branch.lastEventId;
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
    if (this.#state.distributed) {
      this.#branch.lastEventId = this.#previousMapRunEvent;
      this.#runtime.emit(this.#branch, 'MapRunSucceeded');
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
    const mapItem = { index, value: items[index] ?? null };
    const selector = this.#state.itemSelector;
    const value =
      selector === undefined ? mapItem.value : yield* settled(selector(scope.with(scope.input, { mapItem })));
    const silent = this.#state.distributed || this.#branch.place.silent === true;
    const child = new Branch(this.#state.processor, new Data(value), this.#childVariables(), {
      lastEventId: silent ? 0 : previousEventId,
      mapItem,
      silent,
    });
    if (!this.#state.distributed) {
      const details = { name: this.#state.name, index };
      this.#runtime.emit(child, 'MapIterationStarted', { mapIterationStartedEventDetails: details }, previousEventId);
    }
    return child;
  }

  /** Children of a distributed Map are executions of their own, which see no variables from outside. */
  #childVariables(): Variables {
    return this.#state.distributed ? new Variables() : new Variables(this.#branch.variables);
  }

  #finish(child: Branch, lastInnerEvent: number): void {
    const { outcome } = child;
    const details = { name: this.#state.name, index: child.place.mapItem?.index ?? 0 };
    if (outcome?.status === 'SUCCEEDED') {
      if (!this.#state.distributed) {
        this.#branch.lastEventId = this.#runtime.emit(child, 'MapIterationSucceeded', {
          mapIterationSucceededEventDetails: details,
        });
      }
      return;
    }
    this.#failures += 1;
    if (!this.#state.distributed) {
      this.#runtime.emit(child, 'MapIterationFailed', { mapIterationFailedEventDetails: details });
      child.lastEventId = lastInnerEvent;
    }
    if (this.#failures > this.#iterations.toleratedFailures) {
      this.#fail(child, outcome?.failure ?? new StateFailure(undefined, undefined));
    }
  }

  #fail(child: Branch, failure: StateFailure): never {
    if (!this.#state.distributed) {
      abortChildren(this.#runtime, this.#active, child);
      this.#branch.lastEventId = child.lastEventId;
      throw failure;
    }
    for (const sibling of this.#iterations.children) {
      if (sibling !== undefined && sibling.outcome === undefined) {
        sibling.cancel();
      }
    }
    this.#branch.lastEventId = this.#previousMapRunEvent;
    const error = ErrorName.EXCEED_TOLERATED_FAILURE_THRESHOLD;
    const cause = 'The specified tolerated failure threshold was exceeded';
    this.#runtime.emit(this.#branch, 'MapRunFailed', { mapRunFailedEventDetails: { error, cause } });
    throw new StateFailure(error, cause);
  }

  #emitMapRunStarted(): number {
    const [arn, partition, , region, account] = this.#runtime.context.stateMachine.id.split(':');
    const { name } = this.#runtime.context.stateMachine;
    const label = this.#state.label ?? this.#runtime.uuid();
    const mapRunArn = `${arn}:${partition}:states:${region}:${account}:mapRun:${name}/${label}:${this.#runtime.uuid()}`;
    return this.#runtime.emit(this.#branch, 'MapRunStarted', { mapRunStartedEventDetails: { mapRunArn } });
  }
}
