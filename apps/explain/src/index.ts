export { EXPLAINED, NOT_EXPLAINED, runCommand, type Terminal, WRONG_USAGE } from './command';
export type { Explanation } from './explain';
export type { TimelineEntry, Tone } from './timeline';
