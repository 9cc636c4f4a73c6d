export * from './optimized';
export { parseTaskResource, type TaskResource, UnknownResourceError } from './task-resource';
