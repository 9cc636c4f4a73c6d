/** RFC 3339's profile of ISO 8601 as AWS takes it: `T` and `Z` in upper case, seconds required, any fraction. */
const TIMESTAMP = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds (fractions of one are dropped), or `undefined` for a text that is no such timestamp. */
export function parseTimestamp(text: string): number | undefined {
  const match = TIMESTAMP.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const milliseconds = (fraction ?? '').slice(0, 3).padEnd(3, '0');
  const wallClock = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`);
  // Date.parse turns 30 February into 1 March; a real date survives the round trip.
  if (Number.isNaN(wallClock) || new Date(wallClock).getUTCDate() !== Number(day)) {
    return undefined;
  }
  return wallClock - offsetMs(zone as string);
}

/** ISO 8601 with milliseconds in UTC, as the context object shows instants. */
export function formatTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function offsetMs(zone: string): number {
  if (zone === 'Z') {
    return 0;
  }
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;
}
