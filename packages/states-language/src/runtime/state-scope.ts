import type { Scope } from '../evaluation';
import type { JsonObject, JsonValue } from '../values/json';
import { formatTimestamp } from '../values/timestamp';
import type { ActiveState, Branch, MapItem } from './branch';
import type { Runtime } from './runtime';
import type { DataFlowStep } from './trial';

const RETRYABLE: ReadonlySet<string> = new Set(['Task', 'Parallel', 'Map']);

/** What the expressions of one state see. */
export class StateScope implements Scope {
  #contextObject: JsonObject | undefined;

  readonly #runtime: Runtime;
  readonly #branch: Branch;
  readonly #active: ActiveState;

  constructor(
    runtime: Runtime,
    branch: Branch,
    active: ActiveState,
    readonly input: JsonValue,
    readonly extra: {
      readonly result?: JsonValue;
      readonly errorOutput?: JsonValue;
      readonly mapItem?: MapItem;
    } = {},
  ) {
    this.#runtime = runtime;
    this.#branch = branch;
    this.#active = active;
  }

  get result(): JsonValue | undefined {
    return this.extra.result;
  }

  get errorOutput(): JsonValue | undefined {
    return this.extra.errorOutput;
  }

  get nowMs(): number {
    return this.#runtime.nowMs;
  }

  random(): number {
    return this.#runtime.random();
  }

  uuid(): string {
    return this.#runtime.uuid();
  }

  variable(name: string): JsonValue | undefined {
    return this.#branch.variables.get(name);
  }

  variableNames(): Iterable<string> {
    return this.#branch.variables.names();
  }

  /** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
  context(): JsonObject {
    if (this.#contextObject === undefined) {
      const own = this.#buildContext();
      this.#contextObject = this.#runtime.trial?.contextOf(own) ?? own;
    }
    return this.#contextObject;
  }

  /** The same state seen with another `$`. */
  with(input: JsonValue, extra: StateScope['extra'] = {}): StateScope {
    return new StateScope(this.#runtime, this.#branch, this.#active, input, extra);
  }

  /** Shows the value of a step to who tests the state. */
  saw(step: DataFlowStep, value: JsonValue): void {
    this.#runtime.trial?.saw(step, value);
  }

  #buildContext(): JsonObject {
    const { execution, stateMachine } = this.#runtime.context;
    const { state, enteredAtMs, retryCount, taskToken } = this.#active;
    const mapItem = this.extra.mapItem ?? this.#branch.place.mapItem;
    return {
      Execution: {
        Id: execution.id,
        Input: this.#runtime.input.value,
        StartTime: execution.startTime,
        Name: execution.name,
        RoleArn: execution.roleArn,
        RedriveCount: this.#runtime.redriveCount,
        ...(this.#runtime.redriveAtMs === undefined ? {} : { RedriveTime: formatTimestamp(this.#runtime.redriveAtMs) }),
      },
      StateMachine: { Id: stateMachine.id, Name: stateMachine.name },
      State: {
        Name: state.name,
        EnteredTime: formatTimestamp(enteredAtMs),
        ...(RETRYABLE.has(state.type) ? { RetryCount: retryCount } : {}),
      },
      ...(mapItem === undefined ? {} : { Map: { Item: contextItem(mapItem) } }),
      ...(taskToken === undefined ? {} : { Task: { Token: taskToken } }),
    };
  }
}

function contextItem({ index, key, source, value }: MapItem): JsonObject {
  return { Index: index, ...(key === undefined ? {} : { Key: key }), Value: value, Source: source };
}
