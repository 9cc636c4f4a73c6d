export { runCommand, type Terminal } from './command';
