import type { HistoryEvent } from '@aws-sdk/client-sfn';
import type { Redactor } from '../redaction/redactor';

/** One event of a history, with whichever details its type carries. Times are epoch milliseconds. */
export interface HistoryEntry {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly at: number;
  readonly details: EventDetails;
}

/**
 * The details that this package reads, of all event types together.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface EventDetails {
  readonly name?: string;
  readonly state?: string;
  readonly index?: number;
  readonly length?: number;
  readonly input?: string;
  readonly output?: string;
  readonly parameters?: string;
  readonly resource?: string;
  readonly resourceType?: string;
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
  readonly error?: string;
  readonly cause?: string;
  readonly location?: string;
  readonly mapRunArn?: string;
  readonly redriveCount?: number;
  readonly assignedVariables?: Readonly<Record<string, string>>;
}

/** Reads an event as the SDK gives it, with every token hidden. Events must come in order, so that a token is known when it is quoted. */
export function toEntry(event: HistoryEvent, redactor: Redactor): HistoryEntry {
  const details = Object.entries(event).find(([name, value]) => name.endsWith('EventDetails') && value !== undefined);
  return {
    id: event.id ?? 0,
    previousEventId: event.previousEventId ?? 0,
    type: String(event.type),
    at: event.timestamp?.getTime() ?? 0,
    details: redactor.value(details?.[1] ?? {}) as EventDetails,
  };
}
