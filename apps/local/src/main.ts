#!/usr/bin/env node
// The SDK's word on the Node.js version that it will require is for who deploys, not for who reads a timeline.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

import { main } from '@workflows/command-line';
import { start } from './command';
import { START } from './options';
import { watchParents } from './watch-parents';

void main(START, (values, context) => {
  watchParents(context.env, () => context.lifetime.interrupt(new Error('the parent process ended')));
  return start(values, context, process.stdout.isTTY === true && !context.env.NO_COLOR);
});
