export { createConsole } from './server/create-console';
export { type Console, type ConsoleOptions, ConsolePortError } from './server/options';
