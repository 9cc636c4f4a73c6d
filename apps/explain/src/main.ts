#!/usr/bin/env node
// The SDK's word on the Node.js version that it will require is for who deploys, not for who reads a timeline.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { runCommand } from './command';

// A reader that has gone (`pnpm explain … | head`) is no failure.
process.stdout.on('error', () => process.exit(0));

const colors = process.stdout.isTTY === true && !process.env.NO_COLOR;

void runCommand(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  colors,
  width: process.stdout.columns ?? 120,
  env: process.env,
  root: process.cwd(),
  now: Date.now,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
