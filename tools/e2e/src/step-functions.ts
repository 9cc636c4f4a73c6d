/** Executions through the Step Functions API, as any AWS SDK user sees them. */
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { waitUntil } from './wait';

/** An execution that has ended. `output` is parsed; absent unless it succeeded. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly status: string;
  readonly output: unknown;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

/** Starts, stops and reads executions. Endpoint, region and credentials come from the environment, as for every AWS SDK. */
export class Executions {
  readonly client = new SFNClient({});

  /** @returns the execution's ARN */
  async start(stateMachineArn: string, input: unknown, name?: string): Promise<string> {
    const { executionArn } = await this.client.send(
      new StartExecutionCommand({
        stateMachineArn,
        input: JSON.stringify(input),
        ...(name === undefined ? {} : { name }),
      }),
    );
    if (executionArn === undefined) {
      throw new Error('StartExecution answered without an executionArn');
    }
    return executionArn;
  }

  describe(executionArn: string): Promise<DescribeExecutionCommandOutput> {
    return this.client.send(new DescribeExecutionCommand({ executionArn }));
  }

  async stop(executionArn: string, error: string, cause: string): Promise<void> {
    await this.client.send(new StopExecutionCommand({ executionArn, error, cause }));
  }

  async ended(executionArn: string, withinMs?: number): Promise<EndedExecution> {
    const { status, output, error, cause } = await waitUntil(
      () => this.describe(executionArn).catch(ifUnknown),
      (execution): execution is DescribeExecutionCommandOutput => (execution?.status ?? 'RUNNING') !== 'RUNNING',
      { what: `the end of ${executionArn}`, ...(withinMs === undefined ? {} : { withinMs }) },
    );
    return { executionArn, status: status ?? '', output: output && JSON.parse(output), error, cause };
  }

  /** Runs an execution to its end. */
  async run(stateMachineArn: string, input: unknown): Promise<EndedExecution> {
    return this.ended(await this.start(stateMachineArn, input));
  }

  /** The whole history, all pages. */
  async history(executionArn: string): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          maxResults: 100,
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      events.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return events;
  }

  async eventTypes(executionArn: string): Promise<string[]> {
    return (await this.history(executionArn)).map((event) => event.type ?? '');
  }

  close(): void {
    this.client.destroy();
  }
}

/** What was just started may not be known yet: DescribeExecution is eventually consistent. */
function ifUnknown(error: unknown): undefined {
  if (error instanceof ExecutionDoesNotExist) {
    return undefined;
  }
  throw error;
}

/** The ARN of an execution of a state machine. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsstepfunctions.html */
export function executionArn(stateMachineArn: string, executionName: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName}`;
}
