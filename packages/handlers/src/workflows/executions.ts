import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type ExecutionStatus,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { attemptsOf, isNamed } from '../aws/failures';
import { canonicalJson, equalJsonTexts } from '../canonical-json';
import { type Sleep, sleep } from '../clock';
import { DependencyUnavailableError } from '../errors';

export interface ExecutionsOptions {
  readonly client: SFNClient;
  /** @default real time */
  readonly sleep?: Sleep;
}

/** An execution as `DescribeExecution` returns it. */
export interface Execution {
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  /** JSON text. */
  readonly input?: string;
  /** JSON text. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount?: number;
}

/**
 * What became of a start.
 *
 * - `accepted`: Step Functions took it. It does not say whether the execution is new or was running with this input.
 * - `existing`: an execution of this name and with equal input is known; `attempts` tells whether it can be our own,
 *   begun by a try whose answer was lost.
 * - `different`: the name belongs to an execution with other input.
 */
export type Start =
  | { readonly kind: 'accepted'; readonly executionArn: string; readonly startDate: Date }
  | { readonly kind: 'existing'; readonly execution: Execution; readonly attempts: number }
  | { readonly kind: 'different'; readonly execution: Execution };

/** `DescribeExecution` is eventually consistent: a new execution may not be visible yet. */
const LOOKUP_DELAYS_MS = [50, 150, 300] as const;

/** The ARN of a state machine's execution. */
export const executionArn = (stateMachineArn: string, name: string): string =>
  `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** Starts and reads executions of standard workflows. */
export class Executions {
  readonly #client: SFNClient;
  readonly #sleep: Sleep;

  constructor(options: ExecutionsOptions) {
    this.#client = options.client;
    this.#sleep = options.sleep ?? sleep;
  }

  /**
   * Starts an execution, or finds the one that has the name. The input is sent as canonical JSON, so equal input is
   * the same text whatever the order of its keys.
   *
   * @throws DependencyUnavailableError when the name is taken by an execution that cannot be seen yet
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  async start(stateMachineArn: string, name: string, input: unknown): Promise<Start> {
    const text = canonicalJson(input);
    try {
      const started = await this.#client.send(new StartExecutionCommand({ stateMachineArn, name, input: text }));
      return {
        kind: 'accepted',
        executionArn: started.executionArn ?? executionArn(stateMachineArn, name),
        startDate: started.startDate ?? new Date(0),
      };
    } catch (error) {
      if (!isNamed(error, 'ExecutionAlreadyExists')) {
        throw error;
      }
      const execution = await this.describeRecent(executionArn(stateMachineArn, name));
      if (execution === undefined) {
        throw new DependencyUnavailableError('An execution with this name exists, but cannot be read yet.');
      }
      return equalJsonTexts(execution.input ?? '', text)
        ? { kind: 'existing', execution, attempts: attemptsOf(error) }
        : { kind: 'different', execution };
    }
  }

  /** Reads an execution; `undefined` if it does not exist. */
  async describe(arn: string): Promise<Execution | undefined> {
    try {
      return toExecution(await this.#client.send(new DescribeExecutionCommand({ executionArn: arn })));
    } catch (error) {
      if (isNamed(error, 'ExecutionDoesNotExist')) {
        return undefined;
      }
      throw error;
    }
  }

  /** Reads an execution that may have been started a moment ago: looks a few times before it says there is none. */
  async describeRecent(arn: string): Promise<Execution | undefined> {
    for (const delayMs of LOOKUP_DELAYS_MS) {
      const execution = await this.describe(arn);
      if (execution !== undefined) {
        return execution;
      }
      await this.#sleep(delayMs);
    }
    return this.describe(arn);
  }
}

function toExecution(described: DescribeExecutionCommandOutput): Execution {
  const { stopDate, input, output, error, cause, redriveCount } = described;
  return {
    executionArn: described.executionArn ?? '',
    status: described.status ?? 'RUNNING',
    startDate: described.startDate ?? new Date(0),
    ...(stopDate === undefined ? {} : { stopDate }),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(redriveCount === undefined ? {} : { redriveCount }),
  };
}
