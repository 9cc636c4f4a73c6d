/** What the service promises, as data: the schemas that requests are validated with. OpenAPI is generated from it. */
import * as v from 'valibot';

export { MAX_DELAY_MS } from './constants';
export { mockSettings } from './mock-settings';
export { TaskRequestBody } from './task-request';

/** 202 of `POST /external`. */
export const TaskAccepted = v.strictObject({ id: v.string(), status: v.literal('accepted') });
