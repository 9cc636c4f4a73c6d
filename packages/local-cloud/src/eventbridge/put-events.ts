import type { JsonValue } from '@workflows/states-language';
import { AwsError } from '../contracts';
import { DEFAULT_BUS, type EventBus } from './event-bus';

/** An entry of `PutEvents`; nothing is known of its members yet. */
export interface Entry {
  readonly EventBusName?: string;
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly Resources?: readonly string[];
}

/** 1 MB for all entries together since January 2026. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html */
const MAX_BYTES = 1_048_576;

/** Puts each entry on its bus; what is wrong with one does not hold up the others. @throws {AwsError} when they are too large */
export function putEvents(bus: EventBus, entries: readonly Entry[]): Record<string, JsonValue> {
  if (Buffer.byteLength(JSON.stringify(entries)) > MAX_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const results = entries.map((entry) => put(bus, entry));
  return {
    FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
    Entries: results,
  };
}

function put(bus: EventBus, entry: Entry): Record<string, JsonValue> {
  const { Detail, DetailType, EventBusName = DEFAULT_BUS, Resources = [], Source } = entry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (value === undefined || value === null || value === '') {
      return failed('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
    }
  }
  if (Source?.startsWith('aws.')) {
    return failed('NotAuthorizedForSource', `Not authorized for the source.`);
  }
  const detail = parsed(Detail ?? '');
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
    return failed('MalformedDetail', 'Detail is malformed.');
  }
  const busName = EventBusName.slice(EventBusName.lastIndexOf('/') + 1);
  const event = { source: Source ?? '', detailType: DetailType ?? '', resources: Resources, detail };
  // An event for a bus that does not exist is accepted, and reaches nobody.
  return { EventId: bus.publish(event, busName) };
}

const failed = (ErrorCode: string, ErrorMessage: string): Record<string, JsonValue> => ({ ErrorCode, ErrorMessage });

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
