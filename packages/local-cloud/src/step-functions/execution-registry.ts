import { diagnoseJson, type HistoryEvent, InvalidPayloadError, isJson } from '@workflows/states-language';
import { invalidExecutionInput } from './errors';
import { type ExecutionKeeper, ExecutionRecord, type ExecutionStart } from './execution-record';
import type { MapRunChildren, StateMachine } from './model';

/** What the registry tells of its executions. */
export interface ExecutionObserver {
  onEvent(record: ExecutionRecord, event: HistoryEvent): void;
  onTaskClosed(taskToken: string): void;
  onEnd(record: ExecutionRecord): void;
}

/** Executions by ARN and by the tokens of the tasks that they wait for. */
export class ExecutionRegistry {
  readonly #byArn = new Map<string, ExecutionRecord>();
  readonly #byOwner = new WeakMap<StateMachine | MapRunChildren, (ExecutionRecord | undefined)[]>();
  /** Ended STANDARD executions, the one that ended first at the front. */
  readonly #ended = new Set<ExecutionRecord>();
  readonly #byTaskToken = new Map<string, ExecutionRecord>();
  /** EXPRESS executions, which nobody may ask about, while they run. */
  readonly #express = new Map<string, ExecutionRecord>();
  readonly #keeper: ExecutionKeeper;

  readonly #retained: number;

  /**
   * @param retained how many ended executions are kept; of more, those that ended first are forgotten
   * @param journals whether executions can be rebuilt
   */
  constructor(observer: ExecutionObserver, retained: number, journals: boolean) {
    this.#retained = retained;
    this.#keeper = {
      journals,
      onEvent: (record, event) => observer.onEvent(record, event),
      onTaskOpened: (record, taskToken) => this.#byTaskToken.set(taskToken, record),
      onTaskClosed: (taskToken) => {
        this.#byTaskToken.delete(taskToken);
        observer.onTaskClosed(taskToken);
      },
      onEnd: (record) => {
        record.target.machine.running--;
        this.#express.delete(record.arn);
        observer.onEnd(record);
        if (record.type === 'STANDARD') {
          this.#ended.add(record);
          this.#forgetOldest();
        }
      },
    };
  }

  /** A STANDARD execution. */
  find(arn: string): ExecutionRecord | undefined {
    return this.#byArn.get(arn);
  }

  /** An execution of any type, while it is known. */
  running(arn: string): ExecutionRecord | undefined {
    return this.#byArn.get(arn) ?? this.#express.get(arn);
  }

  /**
   * The STANDARD executions of a state machine, or of a Map Run, oldest first. Those that were forgotten leave gaps: no
   * other moves.
   */
  of(owner: StateMachine | MapRunChildren): readonly (ExecutionRecord | undefined)[] {
    return this.#byOwner.get(owner) ?? [];
  }

  /** The execution that waits for the task of this token. */
  waitingFor(taskToken: string): ExecutionRecord | undefined {
    return this.#byTaskToken.get(taskToken);
  }

  /** Running executions, those of EXPRESS state machines too. */
  allRunning(): ExecutionRecord[] {
    return [...this.#byArn.values(), ...this.#express.values()].filter(
      ({ execution }) => execution.status === 'RUNNING',
    );
  }

  /** Rebuilds every execution, the ended ones too: a redrive goes on with them. */
  async rebuild(): Promise<void> {
    await Promise.all([...this.#byArn.values(), ...this.#express.values()].map((record) => record.rebuild()));
  }

  /** @throws {AwsError} `InvalidExecutionInput` */
  start(start: ExecutionStart): ExecutionRecord {
    const record = this.#create(start);
    const { machine } = start.target;
    if (record.type === 'STANDARD') {
      this.#byArn.set(record.arn, record);
      record.position = this.#listOf(record).push(record) - 1;
    } else {
      this.#express.set(record.arn, record);
    }
    machine.running++;
    record.execution.start();
    return record;
  }

  /** @throws {ExecutionStateError} when the execution cannot run on */
  redrive(record: ExecutionRecord): void {
    const { machine } = record.target;
    machine.running++;
    this.#ended.delete(record);
    try {
      record.execution.redrive();
    } catch (error) {
      machine.running--;
      this.#ended.add(record);
      throw error;
    }
  }

  /** As AWS does with what ended 90 days ago: the name is free again, and nobody knows the ARN. */
  #forgetOldest(): void {
    for (const record of this.#ended) {
      if (this.#ended.size <= this.#retained) {
        return;
      }
      this.#ended.delete(record);
      this.#byArn.delete(record.arn);
      this.#listOf(record)[record.position] = undefined;
    }
  }

  #listOf({ target }: ExecutionRecord): (ExecutionRecord | undefined)[] {
    const owner = target.mapRun ?? target.machine;
    const listed = this.#byOwner.get(owner) ?? [];
    this.#byOwner.set(owner, listed);
    return listed;
  }

  #create(start: ExecutionStart): ExecutionRecord {
    try {
      return new ExecutionRecord(start, this.#keeper);
    } catch (error) {
      throw error instanceof InvalidPayloadError ? inputError(start.input, error) : error;
    }
  }
}

function inputError(input: string, error: InvalidPayloadError): Error {
  if (input.trim() === '') {
    return invalidExecutionInput('Invalid execution input.');
  }
  return invalidExecutionInput(isJson(input) ? error.message : diagnoseJson(input));
}
