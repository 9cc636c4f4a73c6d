export { callback } from './callback';
export { idempotent } from './idempotent';
export { lambda } from './lambda';
