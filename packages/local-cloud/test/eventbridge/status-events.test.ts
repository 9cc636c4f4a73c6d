import { RealClock } from '../../src/clock';
import type { EventBus } from '../../src/eventbridge';
import { publishStatusChanges } from '../../src/eventbridge';
import type { BusEvent } from '../../src/eventbridge/event-bus';
import { allowEverything } from '../../src/iam';
import { StepFunctionsService } from '../../src/step-functions';

const WAITING = JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3600, End: true } } });

describe('status changes on the event bus', () => {
  it('say which drive of the execution they belong to, so that a late one is not taken for news', async () => {
    const functions = { invoke: () => Promise.reject(new Error('no function is invoked')) };
    const stepFunctions = new StepFunctionsService({ clock: new RealClock(), authorizer: allowEverything, functions });
    const published: BusEvent[] = [];
    publishStatusChanges(stepFunctions, { publish: (event: BusEvent) => published.push(event) } as unknown as EventBus);
    const { stateMachineArn } = await stepFunctions.call('CreateStateMachine', {
      name: 'waits',
      roleArn: 'arn:aws:iam::000000000000:role/waits',
      definition: WAITING,
    });
    const { executionArn } = await stepFunctions.call('StartExecution', { stateMachineArn, name: 'once' });

    await stepFunctions.call('StopExecution', { executionArn });
    await stepFunctions.call('RedriveExecution', { executionArn });
    await stepFunctions.call('StopExecution', { executionArn });
    await stepFunctions.close();
    await new Promise(setImmediate);

    const told = published.map(({ detail }) => detail as { status: string; redriveCount: number });
    expect(told.map(({ redriveCount, status }) => [status, redriveCount])).toEqual([
      ['RUNNING', 0],
      ['ABORTED', 0],
      ['RUNNING', 1],
      ['ABORTED', 1],
    ]);
  });
});
