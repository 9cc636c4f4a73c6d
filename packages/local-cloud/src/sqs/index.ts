export { SqsError } from './errors';
export { type Message, type MessageAttribute, type MessageAttributes, md5 } from './message';
export { systemAttributes } from './operations';
export type { Queue } from './queue';
export { SqsService } from './sqs-service';
