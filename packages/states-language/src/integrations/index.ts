export * from './optimized';
export { isActivity, parseTaskResource, type TaskResource, UnknownResourceError } from './task-resource';
