export type { JsonValue } from '@workflows/states-language';
export * from './run-definition';
export { onlyResource, permissionsOfRole, type Resource, readable, resourcesOf } from './synthesis';
