import type { HistoryNotice, StatusNotice } from '../../src/step-functions';
import { type Fixture, ROLE_ARN, startFixture, waiting } from './fixture';

describe('the events of the service', () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await startFixture();
  });
  afterEach(() => fixture.close());

  it('tell the life of an execution as it happens', async () => {
    const told: string[] = [];
    fixture.service.events.on('status', (notice: StatusNotice) => told.push(notice.status));
    fixture.service.events.on('history', ({ event }: HistoryNotice) => told.push(event.type));
    const { stateMachineArn } = await fixture.service.call('CreateStateMachine', {
      name: 'told',
      roleArn: ROLE_ARN,
      definition: JSON.stringify(waiting(5)),
    });
    const ended = new Promise<StatusNotice>((resolve) => {
      fixture.service.events.on('status', (notice: StatusNotice) => notice.status !== 'RUNNING' && resolve(notice));
    });

    const { executionArn, startDate } = await fixture.service.call('StartExecution', { stateMachineArn, name: 'one' });

    expect(await ended).toEqual({
      executionArn,
      stateMachineArn,
      name: 'one',
      type: 'STANDARD',
      status: 'SUCCEEDED',
      redriveCount: 0,
      input: '{}',
      startDateMs: startDate * 1000,
      stopDateMs: startDate * 1000 + 5000,
      output: '{}',
    });
    expect(told).toEqual([
      'RUNNING',
      'ExecutionStarted',
      'WaitStateEntered',
      'WaitStateExited',
      'ExecutionSucceeded',
      'SUCCEEDED',
    ]);
  });
});
