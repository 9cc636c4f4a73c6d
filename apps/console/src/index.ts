export { createConsole, serveConsole } from './server/create-console';
export type { RuntimeEvents, RuntimeNotices } from './server/events';
export { type Console, type ConsoleOptions, ConsolePortError, type ServeOptions } from './server/options';
