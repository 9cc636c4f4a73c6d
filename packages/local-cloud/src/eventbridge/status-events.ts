import type { StatusNotice, StepFunctionsService } from '../step-functions';
import type { EventBus } from './event-bus';

/** EventBridge leaves out payloads that would make an event too large. */
const MAX_PAYLOAD_BYTES = 248 * 1024;

/**
 * Puts every change of an execution's status on the bus.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function publishStatusChanges(stepFunctions: StepFunctionsService, bus: EventBus): void {
  stepFunctions.events.on('status', (notice) => {
    void stepFunctions
      .call('DescribeExecution', { executionArn: notice.executionArn })
      .then((described) => publish(bus, notice, described));
  });
}

/** What a notice leaves out. */
interface Described {
  readonly input?: string | undefined;
  readonly redriveCount: number;
  /** Epoch seconds. */
  readonly redriveDate?: number | undefined;
}

function publish(bus: EventBus, notice: StatusNotice, { input, redriveCount, redriveDate }: Described): void {
  bus.publish({
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [notice.executionArn],
    detail: {
      executionArn: notice.executionArn,
      stateMachineArn: notice.stateMachineArn,
      name: notice.name,
      status: notice.status,
      startDate: notice.startDateMs,
      stopDate: notice.stopDateMs ?? null,
      redriveCount,
      redriveDate: redriveDate === undefined ? null : redriveDate * 1000,
      ...payload('input', input),
      ...payload('output', notice.output),
      error: notice.error ?? null,
      cause: notice.cause ?? null,
    },
  });
}

function payload(name: 'input' | 'output', text: string | undefined) {
  const included = text === undefined || Buffer.byteLength(text) <= MAX_PAYLOAD_BYTES;
  return {
    [name]: included ? (text ?? null) : null,
    [`${name}Details`]: text === undefined ? null : { included },
  };
}
