export { EventSourceMappings } from './event-source-mappings';
export { EventSourceService } from './event-source-service';
