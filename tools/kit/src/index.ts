export { type Finished, lastLines, run, startInBackground } from './child-process';
export { Progress } from './progress';
