export { createDocument } from './document';
export type { ApiName, Json, Operation } from './model';
export { OPERATIONS } from './operations';
