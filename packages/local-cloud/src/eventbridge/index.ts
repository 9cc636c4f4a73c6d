export { EventBus } from './event-bus';
export { publishStatusChanges } from './status-events';
