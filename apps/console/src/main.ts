#!/usr/bin/env node
// The SDK's word on the Node.js version that it will require is for who deploys, not for who looks.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { main } from '@workflows/command-line';
import { resolveTarget } from '@workflows/inspector';
import { CONSOLE, consoleOptions } from './command-line';
import { serveConsole } from './server/create-console';

void main(CONSOLE, async (values, { lifetime, stdout }) => {
  const options = consoleOptions(values);
  const target = resolveTarget(options.target);
  const running = await serveConsole(target, options.serve);
  lifetime.atEnd(() => running.close());
  const where = target.kind === 'local' ? `the runtime at ${target.awsEndpoint}` : `AWS, ${target.region}`;
  stdout(`${running.url}\nThe console shows ${where}. Press Ctrl-C to stop it.\n`);
  await lifetime.untilInterrupted();
  return 0;
});
