import { RealClock } from '../../src/clock';
import type { EventBus } from '../../src/eventbridge';
import { publishStatusChanges } from '../../src/eventbridge';
import type { BusEvent } from '../../src/eventbridge/event-envelope';
import { allowEverything } from '../../src/iam';
import { StepFunctionsService } from '../../src/step-functions';

const WAITING = JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } });
const PASSING = JSON.stringify({ StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } });

interface Detail {
  readonly status: string;
  readonly redriveCount: number;
  readonly input: string | null;
  readonly inputDetails: unknown;
  readonly output: string | null;
  readonly outputDetails: unknown;
}

describe('status changes on the event bus', () => {
  let stepFunctions: StepFunctionsService;
  let published: BusEvent[];
  const details = (): Detail[] => published.map(({ detail }) => detail as unknown as Detail);

  beforeEach(() => {
    const functions = { invoke: () => Promise.reject(new Error('no function is invoked')) };
    stepFunctions = new StepFunctionsService({ clock: new RealClock(), authorizer: allowEverything, functions });
    published = [];
    publishStatusChanges(stepFunctions, { publish: (event: BusEvent) => published.push(event) } as unknown as EventBus);
  });

  afterEach(() => stepFunctions.close());

  const create = async (definition: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Promise<string> => {
    const roleArn = 'arn:aws:iam::000000000000:role/any';
    const { stateMachineArn } = await stepFunctions.call('CreateStateMachine', {
      name: 'machine',
      roleArn,
      definition,
      type,
    });
    return stateMachineArn;
  };

  it('say which run of the execution they belong to, so that a late one is not taken for news', async () => {
    const stateMachineArn = await create(WAITING);
    const { executionArn } = await stepFunctions.call('StartExecution', { stateMachineArn, name: 'once' });

    await stepFunctions.call('StopExecution', { executionArn });
    await stepFunctions.call('RedriveExecution', { executionArn });
    await stepFunctions.call('StopExecution', { executionArn });

    expect(details().map(({ redriveCount, status }) => [status, redriveCount])).toEqual([
      ['RUNNING', 0],
      ['ABORTED', 0],
      ['RUNNING', 1],
      ['ABORTED', 1],
    ]);
  });

  it.each([
    ['StartExecution', 'StartExecution'],
    ['StartSyncExecution', 'StartSyncExecution'],
  ] as const)('do not tell of EXPRESS executions started by %s', async (_, operation) => {
    const stateMachineArn = await create(PASSING, 'EXPRESS');

    await stepFunctions.call(operation, { stateMachineArn });
    await new Promise(setImmediate);

    expect(published).toEqual([]);
  });

  it('leave the input out where both payloads together are over 248 KB, and the output where it alone is', async () => {
    const run = async (bytes: number): Promise<Detail | undefined> => {
      const stateMachineArn = await create(PASSING);
      published = [];
      const input = JSON.stringify('x'.repeat(bytes));
      const ended = new Promise((resolve) => {
        stepFunctions.events.on('status', ({ status }) => status !== 'RUNNING' && resolve(status));
      });
      await stepFunctions.call('StartExecution', { stateMachineArn, input });
      await ended;
      return details().find(({ status }) => status === 'SUCCEEDED');
    };

    expect(await run(130 * 1024)).toMatchObject({
      input: null,
      inputDetails: { included: false },
      outputDetails: { included: true },
    });
    expect(await run(250 * 1024)).toMatchObject({ output: null, outputDetails: { included: false } });
  });
});
