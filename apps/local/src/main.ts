#!/usr/bin/env node
// The SDK's word on the Node.js version that it will require is for who deploys, not for who reads a timeline.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { runCommand } from './command';
import { watchForEnd } from './ending';

const environment: NodeJS.ProcessEnv = process.env;

void runCommand(
  process.argv.slice(2),
  {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    colours: process.stdout.isTTY === true && !environment.NO_COLOR,
  },
  watchForEnd(environment),
).then((exitCode) => {
  process.exitCode = exitCode;
  // Signal handlers keep nothing alive; what is still open after closing must not keep the command from ending.
  setImmediate(() => process.exit());
});
