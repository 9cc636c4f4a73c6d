import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@workflows/states-language';
import { ACCOUNT_ID } from '../account';

/** An event on its way to the rules. */
export interface BusEvent {
  /** `aws.states` */
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: JsonValue;
}

/** An event as rules match it and targets get it. @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export function eventEnvelope(
  { detail, detailType, resources, source }: BusEvent,
  region: string,
  nowMs: number,
): { readonly id: string; readonly [member: string]: JsonValue } {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: ACCOUNT_ID,
    time: new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [...resources],
    detail,
  };
}
