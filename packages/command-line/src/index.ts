export { type Command, defineCommand, type ValuesOf } from './command';
export { CommandError, UsageError } from './errors';
export { help } from './help';
export { Lifetime } from './lifetime';
export { main, passThroughMain } from './main';
export { parse } from './parse';
export { type CommandContext, runCommand } from './run-command';
