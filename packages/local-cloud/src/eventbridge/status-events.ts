import type { StatusNotice, StepFunctionsService } from '../step-functions';
import type { BusEvent } from './event-envelope';

/** Takes events to the targets of rules. */
interface Bus {
  publish(event: BusEvent): void;
}

/** EventBridge leaves out payloads that would make an event too large. */
const MAX_PAYLOAD_BYTES = 248 * 1024;

/**
 * Puts every change of a STANDARD execution's status on the bus. EXPRESS executions emit no events.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function publishStatusChanges(stepFunctions: StepFunctionsService, bus: Bus): void {
  stepFunctions.events.on('status', (notice) => {
    if (notice.type === 'STANDARD') {
      publish(bus, notice);
    }
  });
}

function publish(bus: Bus, notice: StatusNotice): void {
  const outputBytes = escapedBytes(notice.output);
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
      redriveCount: notice.redriveCount,
      redriveDate: notice.redriveDateMs ?? null,
      ...payload('input', notice.input, escapedBytes(notice.input) + outputBytes <= MAX_PAYLOAD_BYTES),
      ...payload('output', notice.output, outputBytes <= MAX_PAYLOAD_BYTES),
      error: notice.error ?? null,
      cause: notice.cause ?? null,
    },
  });
}

/** Bytes of a payload in the event, where it stands as a JSON string. */
const escapedBytes = (text: string | undefined): number =>
  text === undefined ? 0 : Buffer.byteLength(JSON.stringify(text));

function payload(name: 'input' | 'output', text: string | undefined, included: boolean) {
  return {
    [name]: included ? (text ?? null) : null,
    [`${name}Details`]: text === undefined ? null : { included },
  };
}
