import type * as v from 'valibot';
import type { FunctionName } from '../functions';
import { CallbackBody, HeartbeatBody } from './callback-body';
import { CompositeBody } from './composite-body';
import { IdempotentBody } from './idempotent-body';
import { StartBody } from './start-body';
import { CallExternalEvent, ExecutionStatusEvent, SettleTaskEvent } from './task-events';

/** What each function takes that takes something: the body of its request, or its event. */
export const PAYLOADS = {
  'start-idempotent-workflow': IdempotentBody,
  'start-workflow': StartBody,
  'start-task': StartBody,
  'complete-task': CallbackBody,
  'heartbeat-task': HeartbeatBody,
  'start-composite-workflow': CompositeBody,
  'call-external': CallExternalEvent,
  'settle-task': SettleTaskEvent,
  'close-task': ExecutionStatusEvent,
} as const satisfies Partial<Readonly<Record<FunctionName, v.GenericSchema>>>;

/**
 * What a caller sends to a function.
 *
 * @example
 * const payload: PayloadOf<'settle-task'> = { taskId: 'a1', executionArn: 'arn:…', error: 'States.Timeout' };
 */
export type PayloadOf<Name extends keyof typeof PAYLOADS> = v.InferInput<(typeof PAYLOADS)[Name]>;
