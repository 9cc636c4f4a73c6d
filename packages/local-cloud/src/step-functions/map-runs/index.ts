export type { MapRunRecord } from './map-run-record';
export { MapRunStore } from './map-run-store';
export { ServiceMapRunner } from './service-map-runner';
