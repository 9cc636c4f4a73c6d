import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  type ExecutionListItem,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Definition } from '@workflows/states-language/document';
import { readDefinition } from '../definition/read-definition';

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export const EXECUTION_STATUSES = [
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  'PENDING_REDRIVE',
] as const;

export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

export interface StateMachineSummary {
  readonly arn: string;
  readonly name: string;
}

/** An execution as a list shows it. Times are epoch milliseconds. */
export interface ExecutionSummary {
  readonly arn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate?: number;
}

/** What `DescribeExecution` adds to a summary. */
export interface ExecutionDescription extends ExecutionSummary {
  /** JSON text, as are the following. May hold tokens: redact before it is shown. */
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface ExecutionPage {
  readonly executions: readonly ExecutionSummary[];
  readonly nextToken?: string;
}

const PAGE_SIZE = 1000;

/** Reads of Step Functions, as this project's tools need them. Only read-only calls. */
export class ExecutionReader {
  readonly #definitions = new Map<string, Promise<Definition>>();

  readonly #sfn: SFNClient;

  constructor(sfn: SFNClient) {
    this.#sfn = sfn;
  }

  async stateMachines(): Promise<StateMachineSummary[]> {
    const found: StateMachineSummary[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#sfn.send(new ListStateMachinesCommand({ maxResults: PAGE_SIZE, nextToken }));
      for (const { stateMachineArn, name } of page.stateMachines ?? []) {
        if (stateMachineArn !== undefined && name !== undefined) {
          found.push({ arn: stateMachineArn, name });
        }
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return found;
  }

  /** One page of executions, the newest first. */
  async executions(
    stateMachineArn: string,
    options: { readonly status?: ExecutionStatus; readonly limit?: number; readonly nextToken?: string } = {},
  ): Promise<ExecutionPage> {
    const page = await this.#sfn.send(
      new ListExecutionsCommand({
        stateMachineArn,
        maxResults: options.limit ?? PAGE_SIZE,
        ...(options.status === undefined ? {} : { statusFilter: options.status }),
        ...(options.nextToken === undefined ? {} : { nextToken: options.nextToken }),
      }),
    );
    const executions = (page.executions ?? []).map((item) => toSummary(item));
    return page.nextToken === undefined ? { executions } : { executions, nextToken: page.nextToken };
  }

  /** @returns undefined when there is no such execution */
  async describe(arn: string): Promise<ExecutionDescription | undefined> {
    try {
      const found = await this.#sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
      const { input, output, error, cause } = found;
      return { ...toSummary(found), ...withoutUndefined({ input, output, error, cause }) };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) {
        return undefined;
      }
      throw error;
    }
  }

  /** The definition that the execution runs by: that of its start, whatever the state machine is now. */
  definitionOf(executionArn: string): Promise<Definition> {
    return this.#cached(executionArn, async () => {
      const found = await this.#sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
      return readDefinition(found.definition ?? '');
    });
  }

  /** The definition that new executions get. */
  currentDefinition(stateMachineArn: string): Promise<Definition> {
    return this.#cached(stateMachineArn, async () => {
      const found = await this.#sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      return readDefinition(found.definition ?? '');
    });
  }

  /**
   * Events in order, from the one after `knownEventId`. Reads backwards from the end, so that following a long
   * execution costs one call per change and not its whole history.
   */
  async history(executionArn: string, knownEventId = 0): Promise<HistoryEvent[]> {
    const newest: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.#sfn.send(
        new GetExecutionHistoryCommand({
          executionArn,
          reverseOrder: true,
          includeExecutionData: true,
          maxResults: knownEventId === 0 ? PAGE_SIZE : 100,
          nextToken,
        }),
      );
      for (const event of page.events ?? []) {
        if ((event.id ?? 0) <= knownEventId) {
          return newest.reverse();
        }
        newest.push(event);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return newest.reverse();
  }

  #cached(arn: string, read: () => Promise<Definition>): Promise<Definition> {
    const known = this.#definitions.get(arn);
    if (known !== undefined) {
      return known;
    }
    const reading = read();
    this.#definitions.set(arn, reading);
    if (this.#definitions.size > 500) {
      this.#definitions.delete([...this.#definitions.keys()][0] ?? '');
    }
    reading.catch(() => this.#definitions.delete(arn));
    return reading;
  }
}

function toSummary(item: Partial<ExecutionListItem>): ExecutionSummary {
  return {
    arn: item.executionArn ?? '',
    stateMachineArn: item.stateMachineArn ?? '',
    name: item.name ?? '',
    status: (item.status ?? 'RUNNING') as ExecutionStatus,
    startDate: item.startDate?.getTime() ?? 0,
    ...(item.stopDate === undefined ? {} : { stopDate: item.stopDate.getTime() }),
  };
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as never;
}
