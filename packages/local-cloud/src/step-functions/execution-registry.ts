import { Execution, type HistoryEvent, InvalidPayloadError } from '@workflows/states-language';
import { invalidExecutionInput } from './errors';
import { diagnoseJson } from './json-diagnosis';
import type { ExecutionRecord, ExecutionTarget } from './model';

/** What the registry tells of its executions. */
export interface ExecutionObserver {
  onEvent(record: ExecutionRecord, event: HistoryEvent): void;
  onEnd(record: ExecutionRecord): void;
}

export interface ExecutionStart {
  readonly arn: string;
  readonly name: string;
  readonly target: ExecutionTarget;
  /** JSON text. */
  readonly input: string;
  /** Epoch milliseconds. */
  readonly startedMs: number;
  readonly traceHeader?: string | undefined;
}

/** Executions by ARN and by the tokens of the tasks that they wait for. */
export class ExecutionRegistry {
  readonly #byArn = new Map<string, ExecutionRecord>();
  readonly #running = new Set<ExecutionRecord>();
  readonly #byTaskToken = new Map<string, ExecutionRecord>();

  constructor(readonly observer: ExecutionObserver) {}

  /** A STANDARD execution. */
  find(arn: string): ExecutionRecord | undefined {
    return this.#byArn.get(arn);
  }

  /** The execution that waits for the task of this token. */
  waitingFor(taskToken: string): ExecutionRecord | undefined {
    return this.#byTaskToken.get(taskToken);
  }

  /** All executions that can be asked about, oldest first. */
  all(): Iterable<ExecutionRecord> {
    return this.#byArn.values();
  }

  /** Running executions, those of EXPRESS state machines too. */
  running(): Iterable<ExecutionRecord> {
    return [...this.#running];
  }

  /** @throws {AwsError} `InvalidExecutionInput` */
  start(start: ExecutionStart): ExecutionRecord {
    const record = this.#create(start);
    const { machine } = start.target;
    if (machine.type === 'STANDARD') {
      this.#byArn.set(record.arn, record);
      machine.executions.push(record);
    }
    this.#count(record);
    record.execution.start();
    return record;
  }

  /** @throws {ExecutionStateError} when the execution cannot run on */
  redrive(record: ExecutionRecord): void {
    this.#count(record);
    try {
      record.execution.redrive();
    } catch (error) {
      this.#discount(record);
      throw error;
    }
  }

  #count(record: ExecutionRecord): void {
    this.#running.add(record);
    record.target.machine.running++;
  }

  #discount(record: ExecutionRecord): void {
    this.#running.delete(record);
    record.target.machine.running--;
  }

  #create(start: ExecutionStart): ExecutionRecord {
    const { target } = start;
    const { machine, revision } = target;
    let record: ExecutionRecord | undefined;
    const known = (): ExecutionRecord => {
      if (record === undefined) {
        throw new Error('an execution reported before it was started');
      }
      return record;
    };
    try {
      const execution = new Execution({
        program: revision.program,
        input: start.input,
        host: revision.host,
        type: machine.type,
        context: {
          execution: {
            id: start.arn,
            name: start.name,
            roleArn: revision.roleArn,
            startTime: new Date(start.startedMs).toISOString(),
          },
          stateMachine: { id: target.aliasArn ?? target.versionArn ?? machine.arn, name: machine.name },
        },
        ...(target.versionArn === undefined ? {} : { stateMachineVersionArn: target.versionArn }),
        ...(target.aliasArn === undefined ? {} : { stateMachineAliasArn: target.aliasArn }),
        onEvent: (event) => this.observer.onEvent(known(), event),
        onTaskOpened: (token) => this.#byTaskToken.set(token, known()),
        onTaskClosed: (token) => this.#byTaskToken.delete(token),
        onEnd: () => {
          const ended = known();
          this.#discount(ended);
          this.observer.onEnd(ended);
        },
      });
      record = {
        arn: start.arn,
        name: start.name,
        target,
        input: start.input,
        startedMs: start.startedMs,
        traceHeader: start.traceHeader,
        execution,
        redriveTokens: undefined,
      };
      return record;
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

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
