export { EventBridgeService } from './event-bridge-service';
export { EventBus } from './event-bus';
export { RemoteRules, type RemoteRulesOptions } from './remote-rules';
export { publishStatusChanges } from './status-events';
