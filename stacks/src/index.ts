export * from './app';
export * from './config/config';
export { ConfigError } from './config/config-error';
export { SETTINGS } from './config/settings';
